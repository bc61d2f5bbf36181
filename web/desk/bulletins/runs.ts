import type { FigureRun, Run } from '../../api/programme.ts'

export const isFigure = (run: Run): run is FigureRun => 'figure' in run

/** Text of runs, figures included as printed. */
export const textOf = (runs: readonly Run[]): string => runs.map((run) => (isFigure(run) ? run.figure.text + run.figure.unit : run.text)).join('')

/** Figures of a block in order; an edit must leave exactly these. */
export const figuresOf = (runs: readonly Run[]): FigureRun[] => runs.filter(isFigure)

const attribute = 'data-figure'

/** Fills an editable element: text as text, each figure as a chip that the caret steps over. */
export function writeRuns(host: HTMLElement, runs: readonly Run[], titleOf: (figure: FigureRun['figure']) => string): void {
  host.replaceChildren(
    ...runs.map((run, index) => {
      if (!isFigure(run)) return document.createTextNode(run.text)
      const chip = document.createElement('span')
      chip.className = 'figure-chip'
      chip.contentEditable = 'false'
      chip.tabIndex = 0
      chip.setAttribute('role', 'button')
      chip.setAttribute(attribute, String(index))
      chip.title = titleOf(run.figure)
      chip.textContent = run.figure.text + run.figure.unit
      return chip
    }),
  )
}

/** Reads an editable element back; chips give the figure they were made from, everything else is text. */
export function readRuns(host: HTMLElement, original: readonly Run[]): Run[] {
  const runs: Run[] = []
  const text = (value: string) => {
    const last = runs.at(-1)
    if (value === '') return
    if (last && !isFigure(last)) runs[runs.length - 1] = { text: last.text + value }
    else runs.push({ text: value })
  }
  const walk = (node: Node) => {
    if (node.nodeType === Node.TEXT_NODE) return text((node.textContent ?? '').replace(/[\n\u00a0]/g, ' '))
    if (!(node instanceof HTMLElement)) return
    const index = node.getAttribute(attribute)
    const figure = index === null ? undefined : original[Number(index)]
    if (figure) runs.push(figure)
    else node.childNodes.forEach(walk)
  }
  host.childNodes.forEach(walk)
  return runs
}

/** Whether every figure of the original is still there, once each as often as before. */
export function keepsFigures(original: readonly Run[], edited: readonly Run[]): boolean {
  const count = (runs: readonly Run[]) => figuresOf(runs).map(({ figure }) => figure.valueId).sort().join()
  return count(original) === count(edited)
}
