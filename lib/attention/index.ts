/** Public attention: loaders of the exports that researchers get from Google Trends, Wikimedia, GDELT and Media Cloud. */

// Loaders, and what they give

export { type AttentionOptions, loadAttention, loadAttentionParquet, parseAttention } from "./load";
export {
  ATTENTION_FORMATS,
  type Attention,
  type AttentionFormat,
  type AttentionRow,
  type AttentionSeries,
  FORMAT_TITLES,
  type Granularity,
} from "./types";

// A file's series as time series

export { attentionSeries, rescaled, type SeriesOptions, type WeeklyOptions, weekly } from "./series";
