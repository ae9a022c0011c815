import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  hoverTooltip,
  keymap,
  lineNumbers,
  showTooltip,
  type Tooltip,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { CellDiagnostic, Completion, Hint } from "../diagnostics";

/** The editor of a cell, made when the reader goes into its code. Loaded with the first of them. */

export interface EditorOptions {
  readonly label: string;
  readonly text: string;
  changed(text: string): void;
  /** @param next whether the reader goes on to the next cell */
  run(next: boolean): void;
  complete(text: string, offset: number): Promise<{ from: number; options: readonly Completion[] }>;
  hint(kind: "hover" | "signature", text: string, offset: number): Promise<Hint | null>;
}

export interface Editor {
  readonly element: HTMLElement;
  text(): string;
  setText(text: string): void;
  focus(): void;
  show(diagnostics: readonly CellDiagnostic[]): void;
}

declare global {
  interface Window {
    hrdEditor?: (options: EditorOptions) => Editor;
  }
}

const COLOURS = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.controlKeyword, tags.moduleKeyword, tags.definitionKeyword, tags.operatorKeyword],
    color: "var(--keyword)",
  },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: "var(--string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--number)" },
  { tag: [tags.comment], color: "var(--comment)", fontStyle: "italic" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.typeName], color: "var(--name)" },
]);

const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--raised)" },
  "&.cm-focused": { outline: "2px solid var(--focus)" },
  ".cm-content": { fontFamily: "var(--mono)", caretColor: "var(--ink)", padding: "0.5rem 0" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--muted)", border: "none" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--shade)",
  },
  ".cm-tooltip": {
    color: "var(--ink)",
    backgroundColor: "var(--paper)",
    border: "1px solid var(--edge)",
    maxWidth: "40rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxHeight: "none" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--paper)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".live-hint": { padding: "0.25rem 0.5rem", fontFamily: "var(--sans)", whiteSpace: "pre-wrap" },
  ".live-hint code": { fontFamily: "var(--mono)" },
});

window.hrdEditor = (options) => {
  const runs = (next: boolean) => (): boolean => {
    options.run(next);
    return true;
  };
  const runKeys = [
    { key: "Shift-Enter", run: runs(true) },
    { key: "Mod-Enter", run: runs(false) },
  ];
  const state = EditorState.create({
    doc: options.text,
    extensions: [
      keymap.of(runKeys),
      lineNumbers(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      javascript({ typescript: true }),
      syntaxHighlighting(COLOURS),
      lintGutter(),
      autocompletion({
        override: [(context) => completions(context, options)],
        icons: false,
        // As many as fit: a list that scrolls could not be scrolled by keys alone, pages of it can.
        maxRenderedOptions: 12,
        // The checker, asked at once, answers before the next key.
        activateOnTypingDelay: 10,
      }),
      hoverTooltip(async (view, place) => tooltip(await options.hint("hover", view.state.doc.toString(), place))),
      signatureHelp(options),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
      EditorView.contentAttributes.of({ "aria-label": options.label, spellcheck: "false", tabindex: "0" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) options.changed(update.state.doc.toString());
      }),
      LOOK,
    ],
  });
  const view = new EditorView({ state });
  return {
    element: view.dom,
    text: () => view.state.doc.toString(),
    setText: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    focus: () => view.focus(),
    show: (diagnostics) => {
      const { length } = view.state.doc;
      const shown = diagnostics.map(
        ({ from, to, code, text }): Diagnostic => ({
          from: Math.min(from, length),
          to: Math.min(to, length),
          severity: "error",
          message: `TS${code} ${text}`,
        }),
      );
      view.dispatch(setDiagnostics(view.state, shown));
    },
  };
};

async function completions(context: CompletionContext, options: EditorOptions): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w$]+/);
  const member = context.matchBefore(/\.[\w$]*/);
  if (!context.explicit && word === null && member === null) return null;
  const { from, options: found } = await options.complete(context.state.doc.toString(), context.pos);
  if (found.length === 0) return null;
  return { from, options: found.map(({ label, kind }) => ({ label, type: iconOf(kind) })), validFor: /^[\w$]*$/ };
}

function iconOf(kind: string): string {
  if (/function|method/.test(kind)) return "function";
  if (/interface|type|class/.test(kind)) return "type";
  return /property|getter/.test(kind) ? "property" : "variable";
}

function tooltip(hint: Hint | null): Tooltip | null {
  if (hint === null) return null;
  return { pos: Math.max(hint.from, 0), end: hint.to, above: true, create: () => ({ dom: hintElement(hint) }) };
}

function hintElement({ code, text }: Hint): HTMLElement {
  const box = document.createElement("div");
  box.className = "live-hint";
  const signature = document.createElement("code");
  signature.textContent = code.length > 600 ? `${code.slice(0, 600)} …` : code;
  box.append(signature);
  const [first = ""] = text.split("\n\n");
  if (first !== "") box.append(`\n${first}`);
  return box;
}

const setSignature = StateEffect.define<Hint | null>();

/** The parameters of the call that the cursor stands in, above it. */
function signatureHelp(
  options: EditorOptions,
): (StateField<Tooltip | null> | ReturnType<typeof EditorView.updateListener.of>)[] {
  const field = StateField.define<Tooltip | null>({
    create: () => null,
    update: (shown, transaction) => {
      for (const effect of transaction.effects) if (effect.is(setSignature)) return tooltip(effect.value);
      return shown !== null && transaction.docChanged
        ? { ...shown, pos: Math.min(transaction.changes.mapPos(shown.pos), transaction.newDoc.length) }
        : shown;
    },
    provide: (own) => showTooltip.from(own),
  });
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const listener = EditorView.updateListener.of((update) => {
    if (!update.docChanged && !update.selectionSet) return;
    clearTimeout(waiting);
    const { view } = update;
    waiting = setTimeout(async () => {
      const place = view.state.selection.main.head;
      const text = view.state.doc.toString();
      const isInCall = /[(,][^()]*$/.test(text.slice(Math.max(0, place - 400), place));
      const hint = isInCall && view.hasFocus ? await options.hint("signature", text, place) : null;
      if (view.state.field(field) === null && hint === null) return;
      if (view.state.doc.toString() === text)
        view.dispatch({
          effects: setSignature.of(hint === null ? null : { ...hint, from: Math.min(hint.from, place) }),
        });
    }, 200);
  });
  return [field, listener];
}
