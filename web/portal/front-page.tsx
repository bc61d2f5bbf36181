import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { readOverview, type PortalOverview } from '../api/portal.ts'
import { AsOf } from '../shared/figure.tsx'
import { setLanguage, useLanguage } from '../shared/language.ts'
import { EmptyState, Reading } from '../shared/states.tsx'
import { useSharedWords } from '../shared/words.ts'
import { Access } from './access.tsx'
import { useElder } from './elder.ts'
import { Places } from './places.tsx'
import { Progress } from './progress.tsx'
import { usePortalWords } from './words.ts'

/** `/`: progress in plain words, where to unload and charge, published documents; no login. */
export function FrontPage() {
  const overview = useQuery({ queryKey: ['overview'], queryFn: readOverview, refetchInterval: 5 * 60_000 })
  const t = usePortalWords()
  const city = overview.data?.city
  useEffect(() => {
    if (city) document.title = t('title', { city: city.name })
  })
  return (
    <>
      <Header city={city?.name} />
      <main id="main" className="portal" tabIndex={-1}>
        <Reading read={overview}>{(data) => <Content overview={data} />}</Reading>
      </main>
      <Footer overview={overview.data} />
    </>
  )
}

function Header({ city }: { city: string | undefined }) {
  const t = usePortalWords()
  const shared = useSharedWords()
  const language = useLanguage()
  const [elder, setElder] = useElder()
  return (
    <header className="portal-head">
      <a className="skip-link" href="#main">{shared('skip')}</a>
      <div className="portal-head-in">
        <a className="portal-brand" href="/">
          <img src="/favicon.svg" alt="" />
          {city ? t('title', { city }) : shared('product')}
        </a>
        <nav aria-label={shared('product')}>
          <a href="#access">{t('nav-access')}</a>
          <a href="#progress">{t('nav-progress')}</a>
          <a href="#places">{t('nav-places')}</a>
          <a href="#documents">{t('nav-documents')}</a>
        </nav>
        <div className="portal-switches">
          <button type="button" className="button" aria-pressed={elder} onClick={() => setElder(!elder)}>{t(elder ? 'elder-off' : 'elder-on')}</button>
          <button type="button" className="button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>{shared('language')}</button>
          <a className="button" href="/desk">{t('to-desk')}</a>
        </div>
      </div>
    </header>
  )
}

function Content({ overview }: { overview: PortalOverview }) {
  const t = usePortalWords()
  // the part an address names is there only now
  useEffect(() => void document.getElementById(location.hash.slice(1))?.scrollIntoView(), [])
  const { city, targets, asOf } = overview
  const state = t('state', { all: targets.length, met: targets.filter((each) => each.met === true).length, open: targets.filter((each) => each.openQuestion !== null && each.text === null).length })
  return (
    <>
      {city.madeUp ? <p className="made-up">{t('made-up')}</p> : null}
      <div className="portal-title">
        <h1>{city.name}{city.programme}</h1>
        <p>{state}{city.period ? t('period', { period: city.period }) : ''}</p>
        <p className="counts">{t('counts', overview.counts)}</p>
        <AsOf at={asOf} />
      </div>
      <section id="access" aria-labelledby="access-title">
        <h2 id="access-title">{t('access-title')}</h2>
        <Access />
      </section>
      <section id="progress" aria-labelledby="progress-title">
        <h2 id="progress-title">{t('progress-title')}</h2>
        <Progress targets={targets} />
        <AsOf at={asOf} source={t('progress-note')} />
      </section>
      <section id="places" aria-labelledby="places-title">
        <h2 id="places-title">{t('places-title')}</h2>
        <Places asOf={asOf} />
      </section>
      <section id="documents" aria-labelledby="documents-title">
        <h2 id="documents-title">{t('documents-title')}</h2>
        {overview.documents.length === 0 ? (
          <EmptyState title={t('documents-empty')} provider={t('documents-provider')} />
        ) : (
          <ul className="documents">
            {overview.documents.map((each) => (
              <li key={each.id}>
                <a href={each.href}>{each.title}</a>
                <span className="secondary">{[each.number, each.date].filter(Boolean).join('　')}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  )
}

/** Only what is known: an installation without an organiser's name shows none. */
function Footer({ overview }: { overview: PortalOverview | undefined }) {
  const t = usePortalWords()
  return (
    <footer className="portal-foot">
      {overview?.organiser ? <p>{t('organiser', { name: overview.organiser })}</p> : null}
      {overview?.contact ? <p>{t('contact', { contact: overview.contact })}</p> : null}
      <p>{t('browser')}</p>
    </footer>
  )
}
