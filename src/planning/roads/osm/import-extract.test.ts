import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ProblemError } from '../../../base/problems.ts'
import { encodeExtract, lattice, pointAt, writeExtract, type MadeUpExtract, type Writing } from '../extract.fixture.ts'
import { pointsOf, type RoadNetwork } from '../network.ts'
import { decodeNetwork, encodeNetwork } from '../network-file.ts'
import { realCity, whyRealCity } from '../real-city.fixture.ts'
import { importExtract } from './import-extract.ts'

const folder = mkdtempSync(join(tmpdir(), 'lvpei-roads-'))
let files = 0
const fileOf = (extract: MadeUpExtract, writing?: Writing): string => {
  const file = join(folder, `${files++}.osm.pbf`)
  writeExtract(file, extract, writing)
  return file
}
const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]!.code
    throw error
  }
  return 'no problem'
}

/** A street that bends at node 2, crossed at node 3, one-way from 3 to 4. */
const bend: MadeUpExtract = {
  nodes: [{ id: 1, x: 0, y: 0 }, { id: 2, x: 100, y: 50 }, { id: 3, x: 200, y: 0 }, { id: 4, x: 300, y: 0 }, { id: 5, x: 200, y: 100 }, { id: 6, x: 200, y: -100 }],
  ways: [
    { id: 7, refs: [1, 2, 3], tags: { highway: 'secondary', name: '弯路', maxspeed: '50' } },
    { id: 8, refs: [3, 4], tags: { highway: 'tertiary', oneway: 'yes' } },
    { id: 9, refs: [5, 3, 6], tags: { highway: 'residential', oneway: '-1' } },
    { id: 10, refs: [1, 5], tags: { highway: 'footway' } },
    { id: 11, refs: [4, 6], tags: { highway: 'service', hgv: 'no', maxheight: '2.5 m' } },
  ],
}
/** Direction of travel as text, in metres of the plane. */
const edgesOf = (network: RoadNetwork): string[] => {
  const at = (vertex: number): string => [['0,0', 0, 0], ['200,0', 200, 0], ['300,0', 300, 0], ['200,100', 200, 100], ['200,-100', 200, -100]].find(([, x, y]) => Math.abs(network.lon[vertex]! - pointAt(Number(x), 0).lon) < 1e-6 && Math.abs(network.lat[vertex]! - pointAt(0, Number(y)).lat) < 1e-6)?.[0] as string
  return Array.from(network.head, (head, edge) => `${at(network.tail[edge]!)}>${at(head)}`).toSorted()
}

describe('an extract becomes a network', () => {
  const network = importExtract(fileOf(bend))

  it('has the roads a truck may use, in the directions they are driven', () => {
    expect(edgesOf(network)).toEqual(['0,0>200,0', '200,-100>200,0', '200,-100>300,0', '200,0>0,0', '200,0>200,100', '200,0>300,0', '300,0>200,-100'])
  })

  it('keeps bends, lengths, names and speeds', () => {
    const edge = network.nameOf.findIndex((name) => network.names[name] === '弯路')
    expect(pointsOf(network, edge)).toHaveLength(3)
    expect(network.lengthMetres[edge]).toBeCloseTo(2 * Math.hypot(100, 50), 0)
    // 50 km/h posted, of which 80 % are driven
    expect(network.durationMs[edge]).toBe(Math.round((network.lengthMetres[edge]! / (40 / 3.6)) * 1000))
    expect(network.twin[network.twin[edge]!]).toBe(edge)
    expect(pointsOf(network, network.twin[edge]!)).toEqual(pointsOf(network, edge).toReversed())
    expect(network.source.attribution).toBe('© OpenStreetMap contributors, ODbL')
  })

  it('reads plain nodes and unpacked blobs alike', () => {
    for (const writing of [{ dense: false }, { packing: 'raw' }] satisfies Writing[]) expect(encodeNetwork({ ...importExtract(fileOf(bend, writing)), source: network.source })).toEqual(encodeNetwork(network))
  })

  it('joins two one-way ways over the same nodes to one road', () => {
    const road = importExtract(fileOf({ nodes: bend.nodes, ways: [{ id: 1, refs: [1, 2, 3], tags: { highway: 'primary', oneway: 'yes', name: '去' } }, { id: 2, refs: [3, 2, 1], tags: { highway: 'primary', oneway: 'yes', name: '回' } }] }))
    expect([...road.twin]).toEqual([1, 0])
    expect(Array.from(road.nameOf, (name) => road.names[name])).toEqual(['去', '回'])
    expect(road.lon).toHaveLength(2)
  })

  it('cuts a road where its nodes are missing, and says so', () => {
    const cut = importExtract(fileOf({ ...bend, nodes: bend.nodes.filter((each) => each.id !== 2) }))
    expect(edgesOf(cut)).not.toContain('0,0>200,0')
    expect(cut.source.leftOut['数据范围外的节点']).toBe(1)
  })
})

describe('bad extracts', () => {
  const good = encodeExtract(bend)
  const withBytes = (bytes: Uint8Array): string => {
    const file = join(folder, `${files++}.bad`)
    writeFileSync(file, bytes)
    return file
  }
  it.each([
    ['a missing file', () => join(folder, 'nothing.osm.pbf'), 'roads-file-unreadable'],
    ['an empty file', () => withBytes(new Uint8Array()), 'roads-extract-damaged'],
    ['a text file', () => withBytes(Buffer.from('<?xml version="1.0"?><osm/>')), 'roads-extract-damaged'],
    ['an extract of a later schema', () => fileOf(bend, { requiredFeatures: ['OsmSchema-V0.6', 'HistoricalInformation'] }), 'roads-extract-unsupported'],
    ['LZMA blobs', () => fileOf(bend, { packing: 'lzma' }), 'roads-extract-unsupported'],
    ['an extract without roads', () => fileOf({ nodes: bend.nodes, ways: [] }), 'roads-extract-empty'],
  ])('%s is a problem', (_, make, code) => expect(codeOf(() => importExtract(make()))).toBe(code))

  test('wherever it is cut, a truncated file is a problem and no crash', () => {
    for (let length = 0; length < good.length; length += 7) {
      const file = withBytes(good)
      truncateSync(file, length)
      expect(['roads-extract-damaged', 'roads-extract-empty']).toContain(codeOf(() => importExtract(file)))
    }
  })

  test('changed bytes never do more than a problem', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
      const bytes = Buffer.from(good)
      for (const [at, value] of changes) bytes[at] = value
      expect(['no problem', 'roads-extract-damaged', 'roads-extract-empty', 'roads-extract-unsupported']).toContain(codeOf(() => importExtract(withBytes(bytes))))
    }), { numRuns: 300 })
  })
})

describe('the network file', () => {
  const network = importExtract(fileOf(lattice(4, 3)))
  const bytes = encodeNetwork(network)

  it('is read as it was written', () => expect(decodeNetwork(bytes, 'f')).toEqual(network))

  it('tells of damage and of other versions', () => {
    const changed = Buffer.from(bytes)
    changed[200]! ^= 1
    const later = Buffer.from(bytes)
    later.writeUInt32LE(99, 4)
    expect([changed, bytes.subarray(0, -1), Buffer.from('x'), later].map((each) => codeOf(() => decodeNetwork(each, 'f')))).toEqual(['roads-file-damaged', 'roads-file-damaged', 'roads-file-damaged', 'roads-file-version'])
  })
})

test.skipIf(!realCity)(whyRealCity, () => {
  const network = importExtract(realCity!)
  expect([network.lon.length, network.twin.filter((each) => each >= 0).length]).toEqual([12_766, 20_962])
  // 28,597 ways of the file, three of which pass the end of another
  expect(network.head).toHaveLength(28_600)
})
