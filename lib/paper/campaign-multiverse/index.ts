/** The defensible analyses of this campaign, and what each of them answers. */
export { campaignChoices, tableOneSpecification } from "./campaign-choices";
export { campaignMultiverse } from "./campaign-multiverse";
