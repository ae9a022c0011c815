/**
 * The part of Plotly's figure language that this library writes, as types.
 *
 * plotly.js-dist ships 1.2 MB of type declarations. Compiling them costs every notebook more than half a
 * second before its first cell runs, so the figures are typed by this small subset instead;
 * test/figures/plotly-types.test.ts has the compiler prove that each type here is one of Plotly's own.
 */

/** What JSON can hold: a figure is nothing else, so it can be saved, compared and sent as it is. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Whether a JSON value is an object. */
export function isRecord(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === "object" && value !== null && !isList(value);
}

/** Whether a JSON value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Any Plotly trace, e.g. `{ type: "bar", x: ["a"], y: [1] }`; its `type` says which. */
export type Trace = { readonly type: string; readonly [attribute: string]: Json | undefined };

export type Font = {
  readonly family?: string;
  readonly size?: number;
  readonly color?: string;
  readonly weight?: number;
};

export type Dash = "solid" | "dash" | "dot" | "dashdot" | "longdash" | "longdashdot";

/** A position on an axis: a number, or an ISO day on a date axis. */
export type Position = number | string;

/** Marks that have a filled and a hollow form. */
export type ReleaseSymbol = "circle" | "square" | "diamond" | "triangle-up" | "cross";

export type MarkerSymbol =
  | ReleaseSymbol
  | `${ReleaseSymbol}-open`
  | "line-ns-open"
  | "triangle-down-open"
  | "arrow-right"
  | "arrow-left";

export type ScatterTrace = {
  readonly type: "scatter";
  readonly mode: "lines" | "markers" | "text" | "markers+text";
  readonly x: readonly (Position | null)[];
  readonly y: readonly (Position | null)[];
  readonly yaxis?: string;
  readonly name?: string;
  readonly text?: readonly string[];
  readonly textfont?: Font;
  readonly textposition?: "top right" | "top center" | "middle center" | "middle left" | "middle right";
  readonly hovertext?: readonly string[];
  readonly hoverinfo?: "text" | "skip";
  readonly line?: {
    readonly color?: string;
    readonly width?: number;
    readonly dash?: Dash;
    readonly shape?: "linear" | "hv";
  };
  readonly marker?: {
    readonly symbol?: MarkerSymbol | readonly MarkerSymbol[];
    readonly size?: number | readonly number[];
    /** Plotly makes marks of several sizes transparent unless told otherwise. */
    readonly opacity?: number;
    readonly color?: string | readonly string[];
    readonly line?: {
      readonly color?: string | readonly string[];
      readonly width?: number | readonly number[];
    };
  };
  readonly error_x?: {
    readonly type: "data";
    readonly symmetric: false;
    readonly array: readonly number[];
    readonly arrayminus: readonly number[];
    readonly color?: string;
    readonly thickness?: number;
    readonly width?: number;
  };
  readonly fill?: "toself";
  readonly fillcolor?: string;
  readonly cliponaxis?: boolean;
  readonly showlegend?: boolean;
};

export type BarTrace = {
  readonly type: "bar";
  readonly orientation?: "h";
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly width?: readonly number[];
  readonly name?: string;
  readonly hovertext?: readonly string[];
  readonly hoverinfo?: "text" | "skip";
  readonly marker?: {
    readonly color?: string | readonly string[];
    readonly line?: { readonly color?: string; readonly width?: number };
    readonly pattern?: {
      readonly shape?: "" | "/";
      readonly fillmode?: "overlay";
      readonly fgcolor?: string;
      readonly size?: number;
      readonly solidity?: number;
    };
  };
  readonly showlegend?: boolean;
};

export type SankeyTrace = {
  readonly type: "sankey";
  readonly orientation: "h";
  readonly arrangement: "fixed";
  readonly textfont: Font & { readonly shadow: "none" };
  readonly node: {
    readonly label: readonly string[];
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly pad: number;
    readonly thickness: number;
    readonly color: readonly string[];
    readonly line: { readonly width: number };
  };
  readonly link: {
    readonly source: readonly number[];
    readonly target: readonly number[];
    readonly value: readonly number[];
    readonly color: readonly string[];
  };
};

export type Annotation = {
  readonly x: Position;
  readonly y: Position;
  readonly xref?: "paper" | "x" | "x domain";
  readonly yref?: "paper" | "y" | "y2" | "y domain";
  readonly text: string;
  readonly showarrow: boolean;
  readonly arrowhead?: number;
  readonly arrowcolor?: string;
  readonly arrowwidth?: number;
  readonly standoff?: number;
  readonly ax?: number;
  readonly ay?: number;
  /** Where `ax` and `ay` are places of the plot and not pixels. */
  readonly axref?: "x";
  readonly ayref?: "y";
  readonly align?: "left" | "center" | "right";
  readonly xanchor?: "left" | "center" | "right";
  readonly yanchor?: "top" | "middle" | "bottom";
  readonly xshift?: number;
  readonly yshift?: number;
  readonly font?: Font;
  readonly bgcolor?: string;
  readonly bordercolor?: string;
  readonly borderpad?: number;
  readonly borderwidth?: number;
  readonly name?: string;
};

export type Shape = {
  readonly type: "line" | "rect";
  readonly x0: Position;
  readonly x1: Position;
  readonly y0: Position;
  readonly y1: Position;
  readonly xref?: "paper" | "x";
  readonly yref?: "paper" | "y" | "y domain";
  readonly line?: { readonly color?: string; readonly width?: number; readonly dash?: Dash };
  readonly fillcolor?: string;
  readonly layer?: "above" | "below";
  readonly name?: string;
};

export type Axis = {
  readonly type?: "linear" | "date" | "log";
  readonly title?: { readonly text: string; readonly standoff?: number; readonly font?: Font };
  readonly range?: readonly [Position, Position];
  readonly domain?: readonly [number, number];
  readonly anchor?: "x" | "y" | "y2" | "free";
  readonly overlaying?: "y";
  readonly side?: "left" | "right" | "top" | "bottom";
  readonly position?: number;
  readonly tickmode?: "array" | "linear" | "auto";
  readonly tickvals?: readonly Position[];
  readonly ticktext?: readonly string[];
  readonly tick0?: Position;
  readonly dtick?: number | string;
  readonly nticks?: number;
  readonly tickformat?: string;
  readonly tickfont?: Font;
  readonly ticks?: "outside" | "";
  readonly ticklen?: number;
  readonly tickcolor?: string;
  readonly ticklabelstandoff?: number;
  readonly automargin?: boolean;
  readonly fixedrange?: boolean;
  readonly showspikes?: boolean;
  readonly spikemode?: "across";
  readonly spikethickness?: number;
  readonly spikedash?: Dash;
  readonly spikecolor?: string;
  readonly showgrid?: boolean;
  readonly gridcolor?: string;
  readonly zeroline?: boolean;
  readonly showline?: boolean;
  readonly linecolor?: string;
  readonly showticklabels?: boolean;
  readonly tickangle?: number;
};

/** What a figure was drawn from, as a tidy table for the file that a reader takes away; its texts are escaped as labels are. */
export type FigureTable = {
  /** With units. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

/** What no program draws: the header before it was broken into lines, and the data. */
export type FigureMeta = {
  /** What was found. */
  readonly title: string;
  /** What is drawn. */
  readonly subtitle?: string;
  /** Short statements, which share lines where there is room: the test, what marks mean. */
  readonly notes: readonly string[];
  /** Pixels that the header's lines take. */
  readonly height: number;
  readonly table?: FigureTable;
};

export type FigureLayout = {
  readonly title?: {
    readonly text: string;
    readonly x?: number;
    readonly xref?: "container" | "paper";
    readonly xanchor?: "left" | "center";
    readonly y?: number;
    readonly yref?: "container" | "paper";
    readonly yanchor?: "top" | "bottom";
    readonly pad?: { readonly t?: number; readonly l?: number; readonly b?: number };
    readonly font?: Font;
  };
  readonly meta?: FigureMeta;
  readonly height?: number;
  readonly autosize?: boolean;
  readonly margin?: { readonly t?: number; readonly r?: number; readonly b?: number; readonly l?: number };
  readonly font?: Font;
  readonly colorway?: readonly string[];
  readonly paper_bgcolor?: string;
  readonly plot_bgcolor?: string;
  readonly hovermode?: "closest" | "x";
  readonly hoverdistance?: number;
  readonly hoverlabel?: { readonly align?: "left"; readonly font?: Font; readonly bgcolor?: string };
  readonly showlegend?: boolean;
  readonly bargap?: number;
  readonly barmode?: "overlay" | "stack";
  readonly annotations?: readonly Annotation[];
  readonly shapes?: readonly Shape[];
  readonly xaxis?: Axis;
  readonly yaxis?: Axis;
  readonly yaxis2?: Axis;
};

/** Any Plotly layout. What the library itself writes is the stricter {@link FigureLayout}. */
export type Layout = { readonly [attribute: string]: Json | undefined };
