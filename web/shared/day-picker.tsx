import DatePicker from 'antd/es/date-picker'
import dayjs from 'dayjs'
import { wordNow } from './language.ts'
import { Antd } from './antd-theme.tsx'

interface DayPickerProps {
  readonly id?: string
  readonly label?: string
  /** `2025-06-30` */
  readonly value: string | undefined
  readonly placeholder?: string
  readonly onChange: (day: string | undefined) => void
  readonly latest?: string | undefined
}

/** A calendar day, typed or picked. */
export default function DayPicker({ id, label, value, placeholder, onChange, latest }: DayPickerProps) {
  return (
    <Antd>
      <DatePicker
        {...(id ? { id } : {})}
        {...(label ? { 'aria-label': label } : {})}
        value={value ? dayjs(value) : null}
        placeholder={placeholder ?? wordNow(['年-月-日', 'YYYY-MM-DD'])}
        format="YYYY-MM-DD"
        onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : undefined)}
        {...(latest ? { maxDate: dayjs(latest) } : {})}
      />
    </Antd>
  )
}
