import type { Feature, Position } from '../../src/city/network/index.ts'
import { randomOf } from '../random.ts'
import { districts, type DistrictCode } from './names.ts'
import { innerRing, lattice, outline, planeOf, pointOf, rim, steps, type Metres } from './plane.ts'
import { hill, parks, riverLine } from './streets.ts'

const position = (metres: Metres): Position => {
  const { lon, lat } = pointOf(metres)
  return [lon, lat]
}

/** A closed ring, anticlockwise as RFC 7946 wants it. */
function polygon(properties: Record<string, unknown>, ring: readonly Metres[]): Feature {
  const doubled = ring.reduce((sum, a, at) => sum + a.x * ring[(at + 1) % ring.length]!.y - ring[(at + 1) % ring.length]!.x * a.y, 0)
  const ordered = doubled > 0 ? ring : [...ring].reverse()
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [[...ordered, ordered[0]!].map(position)] } }
}

type Box = Parameters<typeof outline>[0]

const districtBoxes: Record<DistrictCode, Box> = {
  999901: { west: 6.5, east: rim.east, south: 'river', north: rim.north },
  999902: { west: -6.5, east: 6.5, south: 'river', north: rim.north },
  999903: { west: rim.west, east: 6.5, south: rim.south, north: 'river' },
  999904: { west: rim.west, east: -6.5, south: 'river', north: rim.north },
  999905: { west: 6.5, east: rim.east, south: rim.south, north: 'river' },
}

/** District of a lattice place; the river and two lines between columns part them. */
export function districtAt(u: number, v: number): DistrictCode {
  if (v < -3.5) return u > 6.5 ? '999905' : '999903'
  return u > 6.5 ? '999901' : u < -6.5 ? '999904' : '999902'
}

/** 中心城区 and 建成区 in lattice coordinates. */
export const centre = { west: -8.3, east: 8.3, south: -7.3, north: 7.3 } as const
export const builtUp = { west: -14.3, east: lattice.east, south: -12.3, north: 12.3 } as const
export const isIn = (box: typeof centre | typeof builtUp, u: number, v: number): boolean => u > box.west && u < box.east && v > box.south && v < box.north

export function layDistricts(): Feature[] {
  return [
    ...districts.map(({ code, name }) => polygon({ kind: 'district', code, name }, outline(districtBoxes[code]))),
    polygon({ kind: 'built-up', name: '建成区' }, outline(builtUp)),
    polygon({ kind: 'centre', name: '中心城区' }, outline(centre)),
  ]
}

/** The river as a ribbon, the sea, and a lake in the middle park. */
export function layWater(): Feature[] {
  const line = riverLine()
  const sides = line.map(({ point, halfWidthMetres }, at) => {
    const [before, after] = [line[Math.max(0, at - 1)]!.point, line[Math.min(line.length - 1, at + 1)]!.point]
    const length = Math.hypot(after.x - before.x, after.y - before.y)
    const [nx, ny] = [(-(after.y - before.y) / length) * halfWidthMetres, ((after.x - before.x) / length) * halfWidthMetres]
    return { left: { x: point.x + nx, y: point.y + ny }, right: { x: point.x - nx, y: point.y - ny } }
  })
  const coast = steps(-27, 27).map((v) => planeOf(rim.east, v))
  const offshore = 15_500
  const sea = [...coast, { x: offshore, y: coast.at(-1)!.y }, { x: offshore, y: coast[0]!.y }]
  return [
    polygon({ kind: 'sea', name: '青港湾' }, sea),
    polygon({ kind: 'river', name: '澄江' }, [...sides.map((each) => each.left), ...sides.map((each) => each.right).reverse()]),
    polygon({ kind: 'lake', name: '明湖' }, blob({ seed: 3, middle: planeOf(-0.5, 3), across: 330, up: 190 })),
  ]
}

/** A rounded outline that looks grown. */
function blob({ seed, middle, across, up }: { seed: number; middle: Metres; across: number; up: number }): Metres[] {
  const random = randomOf(seed, 'blob')
  const phases = [random.between(0, 6.3), random.between(0, 6.3)] as const
  return Array.from({ length: 36 }, (_, at) => {
    const angle = (at / 36) * 2 * Math.PI
    const reach = 1 + 0.12 * Math.sin(2 * angle + phases[0]) + 0.08 * Math.sin(5 * angle + phases[1])
    return { x: middle.x + across * reach * Math.cos(angle), y: middle.y + up * reach * Math.sin(angle) }
  })
}

export function layGreen(): Feature[] {
  const hillMiddle = planeOf(hill.u, hill.v)
  return [
    polygon({ kind: 'hill', name: '塔山' }, blob({ seed: 1, middle: hillMiddle, across: hill.columns * 430, up: hill.rows * 420 })),
    ...parks.map((park) => polygon({ kind: 'park', name: park.name }, outline(park))),
    polygon({ kind: 'park', name: '北岭森林公园' }, blob({ seed: 2, middle: planeOf(-3, 20.5), across: 3600, up: 900 })),
  ]
}

/** Made-up restrictions as data: who may not be where, when. Times are local, half-open; `days` 1 = Monday. */
export function layZones(): Feature[] {
  const notice = '青港市货车通行通告（演示，虚构）'
  const zone = (code: string, name: string, box: Box, rules: readonly Record<string, unknown>[]): Feature => polygon({ kind: 'restriction', code, name, notice, madeUp: true, rules }, outline(box))
  const ring = { west: -innerRing.column, east: innerRing.column, south: -innerRing.row, north: innerRing.row }
  const weekdays = [1, 2, 3, 4, 5]
  return [
    zone('Z1', '内环限行区', ring, [
      { vehicles: 'fuel-trucks', days: [1, 2, 3, 4, 5, 6, 7], from: '07:00', to: '20:00', text: '燃油货车7时至20时禁止驶入' },
      { vehicles: 'nev-trucks', days: weekdays, from: '07:00', to: '09:00', text: '新能源货车工作日7时至9时禁止驶入' },
      { vehicles: 'nev-trucks', days: weekdays, from: '17:00', to: '18:30', text: '新能源货车工作日17时至18时30分禁止驶入' },
    ]),
    zone('Z2', '鼓楼步行街区', { west: 0, east: 2, south: 0, north: 2 }, [
      { vehicles: 'all-motor-vehicles', days: [1, 2, 3, 4, 5, 6, 7], from: '10:00', to: '22:00', text: '10时至22时机动车禁止驶入' },
    ]),
    zone('Z3', '港前货运通道限时区', { west: 14, east: 17, south: 2, north: 7 }, [
      { vehicles: 'trucks-over-4500-kg', days: weekdays, from: '07:00', to: '09:00', text: '总质量4.5吨以上货车工作日7时至9时禁止驶入' },
    ]),
  ]
}
