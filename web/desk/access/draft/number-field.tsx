import { useState } from 'react'

interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly isAllowed: (value: number) => boolean
  readonly onChange: (value: number) => void
}

/** A number typed in peace: taken when the field is left or with Enter; what is not allowed stays marked. */
export function NumberField({ label, value, isAllowed, onChange }: NumberFieldProps) {
  const [text, setText] = useState<string | null>(null)
  const read = Number((text ?? '').normalize('NFKC').trim())
  const isWrong = text !== null && (text.trim() === '' || !isAllowed(read))
  const take = () => {
    if (text === null || isWrong) return
    if (read !== value) onChange(read)
    setText(null)
  }
  return <label className="field-line">{label}<input className="plain-input short" inputMode="decimal" aria-invalid={isWrong} value={text ?? value} onChange={(event) => setText(event.target.value)} onBlur={take} onKeyDown={(event) => (event.key === 'Enter' ? take() : event.key === 'Escape' ? setText(null) : undefined)} /></label>
}
