import type { Problem } from '../../base/problems.ts'
import { checkExceptions } from './check-city.ts'
import { excerpt } from './excerpt.ts'
import { planningProblem } from './problems.ts'
import type { PlanningProblem, Travel } from './problem.ts'

/** A square table of finite non-negative numbers, one row and column a place; the first fault is enough. */
function checkMatrix(rows: readonly unknown[], size: number, pointer: string): Problem[] {
  if (rows.length !== size) return [planningProblem('matrix-size-wrong', { pointer, expected: size, actual: `${rows.length} 行` })]
  for (const [at, row] of rows.entries()) {
    if (!Array.isArray(row) || row.length !== size) return [planningProblem('matrix-size-wrong', { pointer: `${pointer}/${at}`, expected: size, actual: `第 ${at} 行 ${Array.isArray(row) ? row.length : 0} 列` })]
    const fault = row.findIndex((value) => typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    if (fault >= 0) return [planningProblem('number-not-finite', { pointer: `${pointer}/${at}/${fault}`, value: excerpt(row[fault]) })]
  }
  return []
}

function checkOne(travel: Travel, pointer: string, problem: PlanningProblem): Problem[] {
  if (travel.kind === 'matrix' || travel.kind === 'timetable') {
    const size = problem.places.length
    return [
      ...checkMatrix(travel.distanceMetres, size, `${pointer}/distanceMetres`),
      ...(travel.durationSeconds ? checkMatrix(travel.durationSeconds, size, `${pointer}/durationSeconds`) : []),
      ...(travel.kind === 'timetable' ? checkExceptions(travel, pointer, problem) : []),
    ]
  }
  const wanted = travel.kind === 'euclidean' ? (['x', 'y'] as const) : (['lon', 'lat'] as const)
  return problem.places.filter((place) => wanted.some((axis) => place[axis] === undefined)).slice(0, 1).map((place) => planningProblem('place-without-position', { pointer, value: place.id }))
}

/** Every way of travelling gives a distance and a duration for every pair of places. */
export const checkTravel = (problem: PlanningProblem): Problem[] => problem.travel.flatMap((travel, at) => checkOne(travel, `/travel/${at}`, problem))
