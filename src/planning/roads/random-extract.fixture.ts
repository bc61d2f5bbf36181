import { lattice, nodeId, type MadeUpExtract } from './extract.fixture.ts'

/** A lattice with signs, one-ways, rules over one and several ways, and barriers, all at random. */
export function randomExtract(seed: number): MadeUpExtract {
  let state = seed * 2_654_435_761
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
  const tags = [...Array.from({ length: 20 }, () => ({})), { oneway: 'yes' }, { oneway: '-1' }, { access: 'destination' }, { hgv: 'no' }, { maxheight: '2' }, { highway: 'primary' }, { 'hgv:conditional': 'no @ (07:00-13:00)' }, { 'motor_vehicle:conditional': 'destination @ (11:00-13:00)' }]
  const size = 6
  const extract = lattice(size, size, () => tags[random(tags.length)]!)
  const wayBetween = (a: number, b: number): number => extract.ways.find((way) => way.refs.includes(a) && way.refs.includes(b))!.id
  const relations = Array.from({ length: 25 }, (_, id) => {
    // a walk over two to four streets
    const steps = [[random(size), random(size)] as const]
    for (let length = 2 + random(3); steps.length <= length; ) {
      const [column, row] = steps.at(-1)!
      const [dx, dy] = [[1, 0], [-1, 0], [0, 1], [0, -1]][random(4)] as [number, number]
      const next = [column + dx, row + dy] as const
      if (next.every((each) => each >= 0 && each < size) && !steps.some((each) => each.join() === next.join())) steps.push(next)
      else if (random(4) === 0) break
    }
    if (steps.length < 3) return undefined
    const nodes = steps.map((each) => nodeId(...each))
    const ways = nodes.slice(1).map((to, at) => wayBetween(nodes[at]!, to))
    const via = ways.length === 2 ? [['node', nodes[1]!, 'via'] as const] : ways.slice(1, -1).map((way) => ['way', way, 'via'] as const)
    const kind = random(3) === 0 ? 'only_straight_on' : 'no_left_turn'
    const said: Record<string, string> = random(4) === 0 ? { 'restriction:conditional': `${kind} @ (10:00-14:00)` } : { restriction: kind }
    return { id, tags: { type: 'restriction', ...said }, members: [['way', ways[0]!, 'from'] as const, ...via, ['way', ways.at(-1)!, 'to'] as const] }
  })
  const barriers: Record<string, string>[] = [{ barrier: 'bollard' }, { barrier: 'gate', 'motor_vehicle:conditional': 'no @ (09:00-11:00)' }]
  return { ...extract, nodes: extract.nodes.map((each) => (random(20) === 0 ? { ...each, tags: barriers[random(2)]! } : each)), relations: relations.filter((each) => each !== undefined) }
}
