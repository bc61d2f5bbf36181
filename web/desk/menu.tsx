import { Link } from '@tanstack/react-router'
import { useFrameSearch } from './reads.ts'
import { useFrameWords, type frameWords } from './frame-words.ts'
import { useRegisters } from './registers/descriptions.ts'
import { useMay } from './session.tsx'

interface Entry {
  readonly to: string
  readonly title: string
}

/** Which group of the menu a register belongs to; one that is new to this table goes to the first. */
const fleet = new Set(['vehicles', 'enterprises'])
const papers = new Set(['policy-documents'])

/** The menu in the order of the work, only what the person may open. */
export function MainMenu() {
  const t = useFrameWords()
  const may = useMay()
  const registers = useRegisters().data?.items ?? []
  const entries = (keep: (plural: string) => boolean): Entry[] => registers.filter(({ plural }) => keep(plural)).map(({ plural, title }) => ({ to: `/desk/registers/${plural}`, title }))
  const one = (permission: string, to: string, key: keyof typeof frameWords): Entry[] => (may(permission) ? [{ to, title: t(key) }] : [])
  const groups: [title: string | null, entries: Entry[]][] = [
    [null, [{ to: '/desk', title: t('home') }]],
    [t('group-programme'), [...one('programme:read', '/desk/tasks', 'tasks'), ...one('indicators:read', '/desk/indicators', 'indicators'), ...one('programme:read', '/desk/bulletins', 'bulletins'), ...entries((plural) => papers.has(plural))]],
    [t('group-running'), [...one('positions:read', '/desk/map', 'map'), ...one('frames:read', '/desk/faults', 'faults')]],
    [t('group-places'), entries((plural) => !fleet.has(plural) && !papers.has(plural))],
    [t('group-fleet'), entries((plural) => fleet.has(plural))],
    [t('group-access'), [...one('registers:read', '/desk/access', 'access-rules'), ...one('registers:read', '/desk/access/ask', 'access-ask'), ...one('access:read', '/desk/access/drafts', 'access-drafts'), ...one('registers:read', '/desk/access/closures', 'access-closures'), ...one('access:read', '/desk/access/versions', 'access-versions')]],
    [t('group-system'), [...one('accounts:administer', '/desk/people', 'people'), ...one('audit:read', '/desk/audit', 'audit')]],
  ]
  return (
    <ul>
      {groups.filter(([, each]) => each.length > 0).map(([title, each]) => (
        <li key={title ?? ''}>
          {title ? <div className="menu-group">{title}</div> : null}
          <ul>{each.map((entry) => <MenuLink key={entry.to} {...entry} />)}</ul>
        </li>
      ))}
    </ul>
  )
}

function MenuLink({ to, title }: Entry) {
  const { asOf, district } = useFrameSearch()
  return (
    <li>
      <Link to={to} search={{ asOf, district }} activeOptions={{ exact: to === '/desk' || to === '/desk/access', includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>{title}</Link>
    </li>
  )
}
