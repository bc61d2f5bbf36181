import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect, retainSearchParams } from '@tanstack/react-router'
import { PageTitle } from '../shared/page.tsx'
import { ProblemLine } from '../shared/states.tsx'
import { Frame } from './frame.tsx'
import { useFrameWords } from './frame-words.ts'
import type { FrameSearch } from './reads.ts'

const day = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined)

/** Numbers stay text: a plate or a task number must come out of the address as it went in. */
const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search))
const stringifySearch = (search: Record<string, unknown>): string => {
  const text = new URLSearchParams(Object.entries(search).flatMap(([name, value]) => (value === undefined || value === null || value === '' ? [] : [[name, String(value)]]))).toString()
  return text ? `?${text}` : ''
}

function NotFound() {
  const t = useFrameWords()
  return <PageTitle title={t('not-found')} state={t('not-found-state')} />
}

function PageFailed({ error }: { error: unknown }) {
  const t = useFrameWords()
  return (
    <>
      <PageTitle title={t('page-problem')} />
      <ProblemLine error={error} onRetry={() => location.reload()} />
    </>
  )
}

const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
  validateSearch: (search: Record<string, unknown>): FrameSearch & Record<string, string | undefined> => ({ ...(search as Record<string, string>), asOf: day(search['asOf']), district: typeof search['district'] === 'string' ? search['district'] : undefined }),
  search: { middlewares: [retainSearchParams(['asOf', 'district'])] },
})

/** Every address of the desk; the page's code loads when it is opened. */
const pages = [
  ['/desk', () => import('./home-page.tsx'), 'HomePage'],
  ['/desk/search', () => import('./search-page.tsx'), 'SearchPage'],
  ['/desk/map', () => import('./map/live-map-page.tsx'), 'LiveMapPage'],
  ['/desk/vehicles/$id/track/$day', () => import('./map/track-page.tsx'), 'TrackPage'],
  ['/desk/frames/$id', () => import('./frames/frame-page.tsx'), 'FramePage'],
  ['/desk/faults', () => import('./frames/faults-page.tsx'), 'FaultsPage'],
  ['/desk/registers/$plural', () => import('./registers/register-page.tsx'), 'RegisterPage'],
  ['/desk/registers/$plural/new', () => import('./registers/new-entity-page.tsx'), 'NewEntityPage'],
  ['/desk/registers/$plural/import', () => import('./registers/import-page.tsx'), 'ImportPage'],
  ['/desk/registers/$plural/$id', () => import('./registers/entity-page.tsx'), 'EntityPage'],
  ['/desk/indicators', () => import('./indicators/indicators-page.tsx'), 'IndicatorsPage'],
  ['/desk/indicators/$code', () => import('./indicators/indicator-page.tsx'), 'IndicatorPage'],
  ['/desk/facts/$id', () => import('./indicators/fact-page.tsx'), 'FactPage'],
  ['/desk/tasks', () => import('./programme/tasks-page.tsx'), 'TasksPage'],
  ['/desk/tasks/$id', () => import('./programme/task-page.tsx'), 'TaskPage'],
  ['/desk/bulletins', () => import('./bulletins/bulletins-page.tsx'), 'BulletinsPage'],
  ['/desk/bulletins/$id', () => import('./bulletins/bulletin-page.tsx'), 'BulletinPage'],
  ['/desk/access', () => import('./access/rules-page.tsx'), 'RulesPage'],
  ['/desk/access/ask', () => import('./access/ask-page.tsx'), 'AskPage'],
  ['/desk/access/closures', () => import('./access/closures-page.tsx'), 'ClosuresPage'],
  ['/desk/access/versions', () => import('./access/versions-page.tsx'), 'VersionsPage'],
  ['/desk/access/versions/$id', () => import('./access/version-page.tsx'), 'VersionPage'],
  ['/desk/access/drafts', () => import('./access/drafts-page.tsx'), 'DraftsPage'],
  ['/desk/access/drafts/$id', () => import('./access/draft-page.tsx'), 'DraftPage'],
  ['/desk/people', () => import('./system/people-page.tsx'), 'PeoplePage'],
  ['/desk/audit', () => import('./system/audit-page.tsx'), 'AuditPage'],
] as const

const routes = pages.map(([path, load, name]) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load as () => Promise<Record<string, () => React.ReactNode>>, name) }),
)

/** The address printed as a QR code in documents. */
const printedFact = createRoute({
  getParentRoute: () => root,
  path: '/facts/$id',
  beforeLoad: ({ params }: { params: Record<string, string> }) => {
    throw redirect({ to: `/desk/facts/${params['id']}` })
  },
})

export const router = createRouter({ routeTree: root.addChildren([...routes, printedFact]), parseSearch, stringifySearch, scrollRestoration: true, defaultPreload: false })
