import { loadCampaign } from "../../lib/own-campaign";
const mapping = {
    title: "Measured", dateFormat: "%Y-%m-%d", timeZero: "detained", endOfFollowUp: "2020-08-26",
    columns: { id: "id", detained: "detained", released: "released", died: "died", covariates: ["age", "sex"] },
    treatment: { kind: "column", column: "appeal", treated: ["yes"] },
} as const;
async function main(){
for (let i=0;i<Number(process.argv[3] ?? 1);i++){ const b=process.cpuUsage(); const t=performance.now(); const d=await loadCampaign(process.argv[2], mapping, { progress: false }); const u=process.cpuUsage(b); console.log(d.n, (u.user+u.system)/1e6, (performance.now()-t)/1000);} }
void main();
