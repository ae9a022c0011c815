import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { figureHtml } from "../../lib/notebook/figure-html";

/** Figures in Jupyter have no button that sends data anywhere. */

const source = readFileSync(createRequire(import.meta.url).resolve("plotly.js-dist/plotly.js"), "utf8");

/** All buttons of this version, looked at one by one: a new one has to be looked at, too. */
const KNOWN = `autoScale2d downloadJson drawcircle drawclosedpath drawline drawopenpath drawrect eraseshape
  hoverClosest3d hoverClosestCartesian hoverClosestGeo hoverClosestPie hoverCompareCartesian lasso2d orbitRotation
  pan2d pan3d resetCameraDefault3d resetCameraLastSave3d resetGeo resetScale2d resetViewMap resetViewMapbox
  resetViews resetViewSankey select2d sendChartToCloud tableRotation toggleHover toggleSpikelines toImage zoom2d
  zoom3d zoomIn2d zoomInGeo zoomInMap zoomInMapbox zoomOut2d zoomOutGeo zoomOutMap zoomOutMapbox`.split(/\s+/);

test("plotly.js has no button that nobody has looked at", () => {
  const found = [...source.matchAll(/modeBarButtons\.(\w+) = \{/g)].map(([, name]) => name);
  expect(found.length).toBeGreaterThan(20);
  expect(found.filter((name) => !KNOWN.includes(String(name)))).toEqual([]);
});

test("the page offers the buttons of its own list, and knows no server", () => {
  const config = JSON.parse(/var config = (\{.*?\});/.exec(figureHtml({ data: [], layout: {}, alt: "x" }))?.[1] ?? "");
  expect(config.modeBarButtons.flat().sort()).toEqual(
    ["autoScale2d", "hrdPicture", "pan2d", "resetScale2d", "zoom2d", "zoomIn2d", "zoomOut2d"].sort(),
  );
  expect(config).toMatchObject({ showSendToCloud: false, plotlyServerURL: "" });
  expect(JSON.stringify(config)).not.toMatch(/https?:/);
  // Whatever sends data reads one of these settings.
  const settings = [...source.matchAll(/\b(\w*(?:URL|Server|Cloud)\w*): \{\s*valType/g)].map(([, name]) => name);
  expect(settings.filter((name) => !(String(name) in config))).toEqual([]);
});
