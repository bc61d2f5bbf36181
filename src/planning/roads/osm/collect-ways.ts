import { attempt, readBlobs } from './blobs.ts'
import { Growing, Interned } from './growing.ts'
import { classIndex, highwayClasses, postedKmh, speedOf } from './highway-classes.ts'
import { visitBlock, type Member } from './primitive-block.ts'
import { directionsOf, isEverOpen, signsOf, type Direction, type LeaveOut, type Tags } from './way-signs.ts'
import type { Signs } from '../vehicle.ts'

/** One direction of a way as it will be driven. */
export interface Carriageway {
  readonly signs: number
  readonly metresPerSecond: number
  readonly name: number
  readonly osmWay: number
}

export interface Way {
  readonly osmId: number
  readonly firstRef: number
  readonly endRef: number
  readonly roadClass: number
  readonly isRoundabout: boolean
  readonly forward: Carriageway | null
  readonly backward: Carriageway | null
}

export interface RawRestriction {
  readonly id: number
  readonly members: readonly Member[]
  readonly tags: Tags
}

export interface Collected {
  readonly ways: Way[]
  /** OSM node ids of all ways, way after way */
  readonly refs: Float64Array
  readonly restrictions: readonly RawRestriction[]
  readonly names: Interned<string>
  readonly signs: Interned<Signs>
}

/** First reading: roads a goods vehicle may ever use, and turn restrictions. */
export function collectWays(file: string, leaveOut: LeaveOut): Collected {
  const names = new Interned<string>((name) => name)
  const signs = new Interned<Signs>((each) => JSON.stringify(each))
  names.indexOf('')
  const refs = new Growing()
  const ways: Way[] = []
  const restrictions: RawRestriction[] = []
  const visitor = {
    way: (osmId: number, nodes: readonly number[], tags: Tags): void => {
      const described = describeWay(osmId, tags, { names, signs, leaveOut })
      if (!described || nodes.length < 2) return
      const firstRef = refs.length
      for (const node of nodes) if (refs.length === firstRef || refs.at(refs.length - 1) !== node) refs.push(node)
      ways.push({ osmId, firstRef, endRef: refs.length, ...described })
    },
    relation: (id: number, members: readonly Member[], tags: Tags): void => {
      if (tags.get('type') === 'restriction') restrictions.push({ id, members, tags })
    },
  }
  for (const { data, offset } of readBlobs(file)) attempt(file, offset, () => visitBlock(data, visitor))
  return { ways, refs: refs.view(), restrictions, names, signs }
}

type Described = Pick<Way, 'roadClass' | 'isRoundabout' | 'forward' | 'backward'>

function describeWay(osmWay: number, tags: Tags, { names, signs, leaveOut }: { names: Interned<string>; signs: Interned<Signs>; leaveOut: LeaveOut }): Described | undefined {
  const highway = tags.get('highway')
  if (highway === undefined) {
    if (tags.get('route') === 'ferry') leaveOut('route=ferry')
    return undefined
  }
  const roadClass = classIndex.get(highway)
  if (roadClass === undefined || tags.get('area') === 'yes') return undefined
  const known = highwayClasses[roadClass]!
  const driven = directionsOf(tags, known.oneWay === true)
  if (driven.forward === 'never' && driven.backward === 'never') leaveOut(`oneway=${tags.get('oneway')}`)
  const name = names.indexOf(tags.get('name') ?? tags.get('ref') ?? '')
  const carriageway = (direction: Direction): Carriageway | null => {
    const when = driven[direction]
    if (when === 'never') return null
    const said = signsOf(tags, direction, { standard: known.level, leaveOut })
    const found: Signs = when === 'always' ? said : { ...said, conditional: [...said.conditional, ...when] }
    if (!isEverOpen(found)) return null
    const posted = postedKmh(tags.get(`maxspeed:hgv:${direction}`) ?? tags.get('maxspeed:hgv') ?? tags.get(`maxspeed:${direction}`) ?? tags.get('maxspeed'))
    return { signs: signs.indexOf(found), metresPerSecond: speedOf(known, posted), name, osmWay }
  }
  if (tags.has('maxspeed:conditional')) leaveOut('maxspeed:conditional')
  const [forward, backward] = [carriageway('forward'), carriageway('backward')]
  return forward || backward ? { roadClass, isRoundabout: tags.get('junction') === 'roundabout' || tags.get('junction') === 'circular', forward, backward } : undefined
}
