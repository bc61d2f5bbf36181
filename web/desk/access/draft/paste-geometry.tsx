import { useState } from 'react'
import type { ZoneGeometry } from '../../../api/access.ts'
import { asWgs84, coordinateSystems, type CoordinateSystem } from './declared-system.ts'
import { fileLimitBytes, readGeojson, type ReadGeojson } from './read-geojson.ts'
import { useDraftWords } from './words.ts'

/** A border from elsewhere: pasted, or a file whose size is looked at before it is read. */
export function PasteGeometry({ title, onUse }: { title: string; onUse: (geometry: ZoneGeometry) => void }) {
  const t = useDraftWords()
  const [text, setText] = useState('')
  const [system, setSystem] = useState<CoordinateSystem>('WGS-84')
  const [read, setRead] = useState<ReadGeojson | null>(null)
  const use = (geometry: ZoneGeometry) => {
    onUse(asWgs84(geometry, system))
    setText('')
    setRead(null)
  }
  const take = (content: string) => {
    const result = readGeojson(content)
    if ('found' in result && result.found.length === 1) use(result.found[0]!.geometry)
    else setRead(result)
  }
  const takeFile = async (file: File | undefined) => {
    if (!file) return
    if (file.size > fileLimitBytes) setRead({ wrong: 'paste-too-large', detail: { megabytes: (file.size / 2 ** 20).toFixed(0), limit: fileLimitBytes / 2 ** 20 } })
    else take(await file.text())
  }
  return (
    <details className="paste">
      <summary>{t('paste')}</summary>
      <p className="secondary small">{t('paste-hint')}</p>
      <label className="field-line">{t('paste-system')}<select className="plain-select" value={system} onChange={(event) => setSystem(event.target.value as CoordinateSystem)}>{coordinateSystems.map((code) => <option key={code} value={code}>{t(`system-${code}`)}</option>)}</select></label>
      <textarea aria-label={t('paste')} rows={4} value={text} onChange={(event) => setText(event.target.value)} />
      <div className="actions">
        <button type="button" className="button small" onClick={() => take(text)}>{t('paste-use', { title })}</button>
        <label className="paste-file">{t('paste-file')} <input type="file" accept=".json,.geojson,application/geo+json" onChange={(event) => { void takeFile(event.target.files?.[0]); event.target.value = '' }} /></label>
      </div>
      {read && 'wrong' in read ? <p className="problem-line" role="alert">{t(read.wrong, read.detail)}</p> : null}
      {read && 'found' in read ? (
        <div role="group" aria-label={t('paste-which', { count: read.found.length })}>
          <p>{t('paste-which', { count: read.found.length })}</p>
          <ul className="paste-choices">{read.found.slice(0, 50).map(({ title: name, geometry }, at) => <li key={at}><button type="button" className="link-button" onClick={() => use(geometry)}>{t('paste-several', { number: at + 1, title: name })}</button></li>)}</ul>
        </div>
      ) : null}
    </details>
  )
}
