import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Frame } from '../../api/journeys.ts'
import { dayText, momentInText } from '../../shared/format.ts'
import { PageTitle, Section } from '../../shared/page.tsx'
import { Reading } from '../../shared/states.tsx'
import { protocolName } from '../map/vehicle-card.tsx'
import { useRead } from '../reads.ts'
import { DecodedTree } from './decoded-tree.tsx'
import { faultName, useFrameWords } from './words.ts'
import './frame-page.css'

/** The end of every road: the bytes a device sent and what they say. */
export function FramePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const frame = useRead<Frame>(`/frames/${id}`, {}, { asOf: false })
  return <Reading read={frame}>{(found) => <FrameContent frame={found} />}</Reading>
}

function FrameContent({ frame }: { frame: Frame }) {
  const t = useFrameWords()
  const [copied, setCopied] = useState(false)
  const { protocol, terminal, receivedAt, hex, vehicleId, fault, decoded } = frame
  const copy = () => void navigator.clipboard.writeText(hex).then(() => setCopied(true), () => {})
  return (
    <>
      <PageTitle title={t('title')} state={t('state', { protocol: protocolName(protocol), terminal, at: momentInText(receivedAt), bytes: hex.length / 2 })} actions={vehicleId ? <><Link className="button" to={`/desk/registers/vehicles/${vehicleId}`}>{t('vehicle')}</Link><Link className="button" to={`/desk/vehicles/${vehicleId}/track/${dayText(receivedAt)}`}>{t('track')}</Link></> : <span className="secondary">{t('unknown-vehicle')}</span>} />
      {fault ? <div className="problem-line">{t('fault', { reason: faultName(fault.code), message: fault.message })}（{fault.code}）</div> : null}
      <div className="frame-split">
        <Section title={t('decoded')}><DecodedTree value={decoded} /></Section>
        <Section title={t('hex')} aside={<button type="button" className="button small" onClick={copy}>{t(copied ? 'copied' : 'copy')}</button>}><HexDump hex={hex} /></Section>
      </div>
    </>
  )
}

/** Sixteen bytes a line with their offset. */
function HexDump({ hex }: { hex: string }) {
  const bytes = hex.match(/../g) ?? []
  const lines = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, line) => `${(line * 16).toString(16).padStart(4, '0')}  ${bytes.slice(line * 16, line * 16 + 16).join(' ')}`)
  return <pre className="hex" tabIndex={0}>{lines.join('\n')}</pre>
}
