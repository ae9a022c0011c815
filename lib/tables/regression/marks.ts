/** What stands behind an estimate whose p value and limits are from the profile likelihood, not Wald's. */
export const PROFILE_MARK = "†";
