import { addDays, dayMs, startOfDay } from '../../base/time.ts'
import { findNeighbours, listTouchedDays, listTrackRows, settleTouchedDays, type TouchedDay } from '../../events/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import { wait } from '../../runtime/clock.ts'
import type { Db } from '../../runtime/database.ts'
import type { Log } from '../../runtime/log.ts'
import { deriveDay } from './derive-day.ts'
import { deriveRuns, sliceDay, type DayRun } from './derive-runs.ts'
import { digestEdges, digestPoints, roundDay } from './digest.ts'
import { journeyParameters, type JourneyParameters } from './parameters.ts'
import { listDigests, recordDays, type DayDigests, type DayKey, type DayVersion } from './store.ts'
import type { TrackPoint } from './types.ts'

export interface DerivationDeps {
  readonly db: Db
  readonly clock: Clock
  readonly log: Pick<Log, 'error' | 'info'>
  readonly parameters?: JourneyParameters
}

export interface DerivationReport {
  readonly days: number
  readonly versions: number
  readonly failed: number
}

/** Positions of a run with what lies around it: `contextMs`, or, where that is empty, the nearest good one within `bridgeMs`. */
async function readRun(db: Db, { vehicleId, days }: DayRun, { bridgeMs, contextMs }: JourneyParameters): Promise<TrackPoint[]> {
  const from = startOfDay(days[0]!)
  const to = startOfDay(days.at(-1)!) + dayMs
  const points: TrackPoint[] = await listTrackRows(db, { vehicleId, from: from - contextMs, to: to + contextMs })
  if (!points.some((point) => point.fixValid && point.observedAt < from)) {
    const { before } = await findNeighbours(db, { vehicleId, at: from, reachMs: bridgeMs })
    if (before) points.unshift(before)
  }
  if (!points.some((point) => point.fixValid && point.observedAt >= to)) {
    const { after } = await findNeighbours(db, { vehicleId, at: to, reachMs: bridgeMs })
    if (after) points.push(after)
  }
  return points.sort((a, b) => a.observedAt - b.observedAt)
}

/** Derives the days of a run that changed since they were last derived; days derived from the same facts are not even computed. */
async function deriveRun(db: Db, run: DayRun, known: ReadonlyMap<string, DayDigests>, parameters: JourneyParameters): Promise<DayVersion[]> {
  const points = await readRun(db, run, parameters)
  const versions: DayVersion[] = []
  for (const day of run.days) {
    const from = startOfDay(day)
    const { positions, neighbours } = sliceDay(points, day, parameters)
    const inputDigest = digestPoints([...neighbours, ...positions], parameters.version)
    const before = known.get(`${run.vehicleId}/${day}`)
    if (before?.inputDigest === inputDigest && before.derivationVersion === parameters.version) continue
    const { head, tail } = digestEdges(positions, { from, to: from + dayMs }, parameters)
    const derived = roundDay(deriveDay({ day, positions, neighbours }, parameters))
    versions.push({ vehicleId: run.vehicleId, derived, derivationVersion: parameters.version, inputDigest, headDigest: head, tailDigest: tail })
  }
  return versions
}

/** Neighbouring days that looked at positions which have changed: their crossing of midnight must be cut again. */
function disturbed(versions: readonly DayVersion[], known: ReadonlyMap<string, DayDigests>): DayKey[] {
  return versions.flatMap(({ vehicleId, derived, headDigest, tailDigest }) => {
    const before = known.get(`${vehicleId}/${derived.day}`)
    return [
      ...(before?.headDigest !== headDigest ? [{ vehicleId, day: addDays(derived.day, -1) }] : []),
      ...(before?.tailDigest !== tailDigest ? [{ vehicleId, day: addDays(derived.day, 1) }] : []),
    ]
  })
}

/** Derives the days given, and the neighbours they disturb; a run that fails is tried day by day, and a bad day is reported and left out. */
export async function deriveDays(deps: DerivationDeps, keys: readonly DayKey[]): Promise<{ report: DerivationReport; bad: DayKey[] }> {
  const { db, clock, log, parameters = journeyParameters } = deps
  const bad: DayKey[] = []
  let versionsRecorded = 0
  const isGiven = new Set(keys.map((key) => `${key.vehicleId}/${key.day}`))
  const neighbours: DayKey[] = []
  const work = async (run: DayRun, isFirstRound: boolean): Promise<void> => {
    try {
      const known = new Map((await listDigests(db, run.days.map((day) => ({ vehicleId: run.vehicleId, day })))).map((each) => [`${each.vehicleId}/${each.day}`, each]))
      const versions = await deriveRun(db, run, known, parameters)
      if (versions.length > 0) versionsRecorded += await recordDays(db, versions, clock)
      if (isFirstRound) neighbours.push(...disturbed(versions, known).filter((key) => !isGiven.has(`${key.vehicleId}/${key.day}`)))
    } catch (error) {
      if (run.days.length > 1) for (const day of run.days) await work({ vehicleId: run.vehicleId, days: [day] }, isFirstRound)
      else {
        log.error({ err: error, vehicleId: run.vehicleId, day: run.days[0] }, 'a vehicle-day could not be derived; it stays on the list')
        bad.push({ vehicleId: run.vehicleId, day: run.days[0]! })
      }
    }
  }
  for (const run of deriveRuns(keys)) await work(run, true)
  const derivedBefore = await listDigests(db, neighbours)
  for (const run of deriveRuns(derivedBefore)) await work(run, false)
  return { report: { days: keys.length, versions: versionsRecorded, failed: bad.length }, bad }
}

/** One pass over the list of touched days. Days that failed, or were touched again meanwhile, stay listed for later. */
export async function deriveTouchedDays(deps: DerivationDeps, { limit, touchedBefore }: { limit: number; touchedBefore: number }): Promise<DerivationReport> {
  const touched = await listTouchedDays(deps.db, { limit, touchedBefore })
  if (touched.length === 0) return { days: 0, versions: 0, failed: 0 }
  const { report, bad } = await deriveDays(deps, touched)
  const isBad = new Set(bad.map((key) => `${key.vehicleId}/${key.day}`))
  // A count that never matches keeps the day listed and makes it due again only after the next settling time.
  const settled: TouchedDay[] = touched.map((each) => (isBad.has(`${each.vehicleId}/${each.day}`) ? { ...each, touches: -1 } : each))
  await settleTouchedDays(deps.db, settled, deps.clock())
  return report
}

export interface DerivationLoop {
  /** ends after the pass at work */
  stop(): Promise<void>
}

export interface LoopOptions extends DerivationDeps {
  /** how long a day must be quiet since it was first touched; default 10 s */
  readonly settleMs?: number
  /** pause when nothing is to do; default 2 s, doubling up to a minute after trouble */
  readonly pauseMs?: number
  /** vehicle-days a pass; default 1500 */
  readonly limit?: number
  readonly onPass?: (report: DerivationReport) => void
}

/** Keeps deriving what facts touch until stopped. Trouble with the database is logged and waited out. */
export function runDerivations({ settleMs = 10_000, pauseMs = 2000, limit = 1500, onPass, ...deps }: LoopOptions): DerivationLoop {
  let stopping = false
  let wake: () => void = () => undefined
  const pause = (ms: number) => Promise.race([wait(ms), new Promise<void>((resolve) => (wake = resolve))])
  const loop = async (): Promise<void> => {
    let trouble = 0
    while (!stopping) {
      try {
        const report = await deriveTouchedDays(deps, { limit, touchedBefore: deps.clock() - settleMs })
        trouble = 0
        if (report.days > 0) onPass?.(report)
        if (report.days < limit && !stopping) await pause(pauseMs)
      } catch (error) {
        trouble++
        deps.log.error({ err: error }, 'deriving journeys failed; trying again')
        if (!stopping) await pause(Math.min(60_000, pauseMs * 2 ** trouble))
      }
    }
  }
  const done = loop()
  return {
    async stop() {
      stopping = true
      wake()
      await done
    },
  }
}
