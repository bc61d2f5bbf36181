import { useEffect, type ReactNode } from 'react'
import { useSharedWords } from './words.ts'

/** Title with one plain sentence of state; actions at the right; nothing else above the content. */
export function PageTitle({ title, state, actions, back }: { title: string; state?: ReactNode; actions?: ReactNode; back?: ReactNode }) {
  const t = useSharedWords()
  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  })
  return (
    <header className="page-title">
      {back ? <nav className="page-back">{back}</nav> : null}
      <div className="page-title-line">
        <h1>{title}</h1>
        {actions ? <div className="actions no-print">{actions}</div> : null}
      </div>
      {state ? <p className="page-state">{state}</p> : null}
    </header>
  )
}

/** A part of a page with its own heading. */
export function Section({ title, children, aside }: { title: string; children: ReactNode; aside?: ReactNode }) {
  return (
    <section className="section">
      <div className="section-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
