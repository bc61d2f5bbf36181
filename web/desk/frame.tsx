import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState, type FormEvent } from 'react'
import { dateInText, dayText, nowMs } from '../shared/format.ts'
import { setLanguage, useLanguage } from '../shared/language.ts'
import { Loading } from '../shared/states.tsx'
import { useSharedWords } from '../shared/words.ts'
import { useFrameWords } from './frame-words.ts'
import { MainMenu } from './menu.tsx'
import { usePlace } from './place.ts'
import { useFrameSearch } from './reads.ts'
import { useSession, useSignOut } from './session.tsx'

const DayPicker = lazy(() => import('../shared/day-picker.tsx'))

/** Top bar, menu, page. The menu closes when the address changes; focus goes to the page for those who read by ear. */
export function Frame() {
  const t = useFrameWords()
  const shared = useSharedWords()
  const [open, setOpen] = useState(false)
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  useEffect(() => setOpen(false), [pathname])
  return (
    <div className="frame">
      <a className="skip-link" href="#page">{shared('skip')}</a>
      <header className="top">
        <button type="button" className="menu-toggle" aria-expanded={open} aria-controls="main-menu" onClick={() => setOpen(!open)}>{t('menu')}</button>
        <Brand />
        <div className="wide-only"><Place /></div>
        <Search />
        <div className="wide-only"><AsOfPicker /></div>
        <TopEnd />
      </header>
      <nav id="main-menu" className={open ? 'menu open' : 'menu'} aria-label={t('main-menu')}>
        <div className="menu-tools"><Place /><AsOfPicker /></div>
        <MainMenu />
      </nav>
      <main id="page" className="page" tabIndex={-1}>
        <AsOfBanner />
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  )
}

const Brand = () => {
  const shared = useSharedWords()
  return (
    <a className="brand" href="/desk">
      <img src="/favicon.svg" alt="" />
      {shared('product')}
    </a>
  )
}

/** The city by name; a district to look at, where the person may see more than one. */
function Place() {
  const t = useFrameWords()
  const place = usePlace()
  const { scope } = useSession()
  const { district } = useFrameSearch()
  const navigate = useNavigate()
  if (!place.data) return null
  const own = place.data.districts.find((each) => each.code === scope.districtCode)
  if (own || place.data.districts.length === 0) return <span className="top-place">{place.data.name}{own ? ` · ${own.name}` : ''}</span>
  return (
    <label className="top-place">
      {place.data.name}{' '}
      <span className="visually-hidden">{t('district')}</span>
      <select value={district ?? ''} onChange={(event) => void navigate({ to: '.', search: (before: object) => ({ ...before, district: event.target.value || undefined }) })}>
        <option value="">{t('whole-city')}</option>
        {place.data.districts.map((each) => <option key={each.code} value={each.code}>{each.name}</option>)}
      </select>
    </label>
  )
}

function Search() {
  const t = useFrameWords()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) void navigate({ to: '/desk/search', search: (before: object) => ({ ...before, q: text.trim() }) })
  }
  return (
    <form className="top-search" role="search" onSubmit={submit}>
      <input className="plain-input" type="search" aria-label={t('search')} placeholder={t('search-hint')} value={text} onChange={(event) => setText(event.target.value)} />
    </form>
  )
}

/** The calendar loads when somebody reaches for it, so that the first screen does without. */
function AsOfPicker() {
  const t = useFrameWords()
  const shared = useSharedWords()
  const { asOf } = useFrameSearch()
  const [wanted, setWanted] = useState(false)
  const navigate = useNavigate()
  const today = dayText(nowMs())
  // today is not over: looking at it is looking at now
  const choose = (day: string | undefined) => void navigate({ to: '.', search: (before: object) => ({ ...before, asOf: day && day < today ? day : undefined }) })
  return (
    <div className="as-of-picker">
      <span className="secondary">{shared('as-of-label')}</span>
      {wanted ? (
        <Suspense fallback={<span>{asOf ?? today}</span>}>
          <DayPicker label={t('as-of-date')} value={asOf} placeholder={today} latest={today} onChange={choose} />
        </Suspense>
      ) : (
        <button type="button" className="button" aria-label={`${t('as-of-date')} ${asOf ?? today}`} onClick={() => setWanted(true)}>{asOf ?? today}</button>
      )}
    </div>
  )
}

function AsOfBanner() {
  const t = useFrameWords()
  const { asOf } = useFrameSearch()
  const navigate = useNavigate()
  if (!asOf) return null
  return (
    <p className="as-of-banner" role="status">
      {t('as-of-banner', { date: dateInText(asOf) })}
      <button type="button" className="link-button" onClick={() => void navigate({ to: '.', search: (before: object) => ({ ...before, asOf: undefined }) })}>{t('as-of-now')}</button>
    </p>
  )
}

function TopEnd() {
  const t = useFrameWords()
  const shared = useSharedWords()
  const language = useLanguage()
  const session = useSession()
  const leave = useSignOut()
  return (
    <div className="top-end">
      <button type="button" className="link-button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>{shared('language')}</button>
      <span className="wide-only" title={session.roleName}>{session.name}</span>
      <button type="button" className="link-button" onClick={() => void leave()}>{t('sign-out')}</button>
    </div>
  )
}
