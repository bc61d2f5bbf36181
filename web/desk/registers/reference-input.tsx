import { useQuery } from '@tanstack/react-query'
import Select from 'antd/es/select'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { EntityPage } from '../../api/registers.ts'
import { Antd } from '../../shared/antd-theme.tsx'
import { usePluralOf } from './descriptions.ts'
import type { FieldInputProps } from './field-input.tsx'
import { useRegisterWords } from './words.ts'

/** Another register's row, found by typing part of its name. */
export default function ReferenceInput({ field, value, titles, onChange, invalid }: FieldInputProps) {
  const t = useRegisterWords()
  const plural = usePluralOf()(field.register ?? '')
  const [search, setSearch] = useState('')
  const found = useQuery({ queryKey: [`/${plural}`, 'choices', search], queryFn: () => api.get<EntityPage>(`/${plural}`, { q: search, limit: 30 }), enabled: plural !== undefined, placeholderData: (before) => before })
  const options = (found.data?.items ?? []).map(({ id, naturalKey, data }) => ({ value: id, label: data['name'] ? `${String(data['name'])}（${naturalKey}）` : naturalKey }))
  const current = typeof value === 'string' ? value : undefined
  const known = current && !options.some((option) => option.value === current) ? [{ value: current, label: titles[current] ?? current }] : []
  return (
    <Antd>
      <Select
        id={field.code}
        style={{ width: '100%' }}
        showSearch={{ filterOption: false, onSearch: setSearch }}
        allowClear={!field.required}
        placeholder={t('choose')}
        status={invalid ? 'error' : ''}
        value={current ?? null}
        options={[...known, ...options]}
        onChange={(chosen: string | null | undefined) => onChange(chosen ?? null, true)}
      />
    </Antd>
  )
}
