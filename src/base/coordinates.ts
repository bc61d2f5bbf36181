import gcoordModule from 'gcoord'
import type { Point } from './geo.ts'
import { declareProblems, type Problem } from './problems.ts'

const problem = declareProblems('identifiers', {
  'point-malformed': { message: '坐标“{value}”不合规则', cause: '{reason}', action: '请填写十进制度数，经度在前，如 119.2210、34.5960' },
  'coordinate-system-unknown': { message: '坐标系“{value}”无法识别', cause: '只接受 WGS-84（卫星定位）、GCJ-02（高德、腾讯地图）、BD-09（百度地图）', action: '请从下拉列表选择坐标系' },
})

/** Systems a point may be declared in at a border; inside there is only WGS-84. */
export const coordinateSystems = { 'WGS-84': 'WGS-84（卫星定位、天地图近似）', 'GCJ-02': 'GCJ-02（高德、腾讯）', 'BD-09': 'BD-09（百度）' } as const
export type CoordinateSystem = keyof typeof coordinateSystems

/** A point as it was declared: GCJ-02 and BD-09 live only in this type, so nothing is shifted twice. */
export interface DeclaredPoint {
  readonly system: CoordinateSystem
  readonly declaredLon: number
  readonly declaredLat: number
}

/** A stored point: WGS-84, with what was declared kept beside it. */
export interface SurveyedPoint extends Point, DeclaredPoint {}

// The package's types describe an ES module, its CommonJS entry is the object itself.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default

const crs = { 'WGS-84': gcoord.WGS84, 'GCJ-02': gcoord.GCJ02, 'BD-09': gcoord.BD09 } as const

/** The system people mean: 高德, gcj02, 百度, wgs84 … */
export function parseCoordinateSystem(input: string): CoordinateSystem | Problem {
  const text = input.normalize('NFKC').toUpperCase().replace(/[\s_-]/g, '')
  if (/WGS|84|GPS|CGCS2000|天地图|国家2000|卫星/.test(text)) return 'WGS-84'
  if (/GCJ|02|火星|高德|腾讯/.test(text)) return 'GCJ-02'
  if (/BD|09|百度/.test(text)) return 'BD-09'
  return problem('coordinate-system-unknown', { value: input })
}

/** Converts a declared point once, at the border; degrees rounded to 1e-7 (about 1 cm). CGCS2000 differs from WGS-84 by centimetres and is taken as it. */
export function surveyPoint(declared: DeclaredPoint): SurveyedPoint | Problem {
  const { system, declaredLon, declaredLat } = declared
  const value = `${declaredLon}, ${declaredLat}`
  if (!Number.isFinite(declaredLon) || !Number.isFinite(declaredLat)) return problem('point-malformed', { value, reason: '经纬度不是数字' })
  if (Math.abs(declaredLat) > 90 && Math.abs(declaredLon) <= 90) return problem('point-malformed', { value, reason: '经度与纬度似乎写反了' })
  if (Math.abs(declaredLon) > 180 || Math.abs(declaredLat) > 90) return problem('point-malformed', { value, reason: '超出经纬度范围' })
  const [lon, lat] = system === 'WGS-84' ? [declaredLon, declaredLat] : gcoord.transform([declaredLon, declaredLat], crs[system], gcoord.WGS84)
  const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7
  return { lon: round(lon), lat: round(lat), system, declaredLon, declaredLat }
}
