/** A decoded message as an outline: names of the standard's fields, nested parts indented, lists numbered. */
export function DecodedTree({ value }: { value: unknown }) {
  return <dl className="decoded">{entriesOf(value).map(([name, each]) => <Entry key={name} name={name} value={each} />)}</dl>
}

/** A list of plain numbers is raw bytes of the message: one line, not an outline. */
const isBytes = (value: unknown): value is readonly number[] => Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'number')
const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null && !isBytes(value)
const entriesOf = (value: unknown): [string, unknown][] => (Array.isArray(value) ? value.map((each, index) => [`${index + 1}`, each]) : isNested(value) ? Object.entries(value) : [['', value]])

function Entry({ name, value }: { name: string; value: unknown }) {
  if (isNested(value) && entriesOf(value).length > 0)
    return (
      <div className="decoded-part">
        <dt>{name}</dt>
        <dd><DecodedTree value={value} /></dd>
      </div>
    )
  return (
    <div className="decoded-leaf">
      <dt>{name}</dt>
      <dd>{isBytes(value) ? value.join(' ') : isNested(value) || value === null ? '—' : String(value)}</dd>
    </div>
  )
}
