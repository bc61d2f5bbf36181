/**
 * Colours, type and measures of the product: one file for the antd theme, the CSS variables, the maps and the charts.
 * Red means overdue or illegal and nothing else; no meaning hangs on a colour alone. Every text colour has ≥ 4.5 : 1 on white.
 */
export const colour = {
  ink: '#1c2733',
  secondary: '#566270',
  line: '#e3e7eb',
  lineStrong: '#8a94a0',
  ground: '#ffffff',
  groundSoft: '#f6f8f9',
  programme: '#12694a',
  programmeHover: '#0f5a40',
  programmeTint: '#e8f3ee',
  link: '#1d5fa8',
  linkTint: '#e9f1f9',
  overdue: '#b42318',
  overdueTint: '#fdecea',
  attention: '#9a4f06',
  attentionTint: '#fdf3e6',
  done: '#12694a',
  unknown: '#6b7682',
} as const

/** Map colours: quiet ground under loud points. */
export const mapColour = {
  land: '#f7f8f7',
  water: '#d8e6ef',
  waterLine: '#b9d0df',
  green: '#e6efe4',
  street: '#ffffff',
  streetEdge: '#dde2e6',
  district: '#8a94a0',
  label: '#5b6773',
} as const

export const font = {
  family: '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", system-ui, sans-serif',
  mono: 'ui-monospace, "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", monospace',
  body: 14,
  small: 12,
  title: 20,
  lineHeight: 1.57,
} as const

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** `:root{--ink:#1c2733;…}` put into the head of every page, so that the first paint has its colours. */
export function tokensCss(): string {
  const colours = Object.entries(colour).map(([name, value]) => `--${kebab(name)}:${value}`)
  return `:root{${[...colours, `--font:${font.family}`, `--mono:${font.mono}`].join(';')}}`
}
