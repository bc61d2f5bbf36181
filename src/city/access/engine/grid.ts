import { holds, type Piece } from './shapes.ts'

/**
 * An even grid over all pieces. A cell lists the pieces that reach into it, each as `piece × 2 + 1` when the whole cell lies inside
 * (nothing more to ask) or `piece × 2` when a side runs through it (ask the piece). Most places are answered without a ray.
 */
export interface Grid {
  readonly west: number
  readonly south: number
  readonly cellLon: number
  readonly cellLat: number
  readonly columns: number
  readonly rows: number
  readonly first: Uint32Array
  readonly entries: Int32Array
}

/** Cells are grown by this much when sides are laid into them, so that rounding never puts a place on the wrong side of a cell's edge. */
const slackDegrees = 1e-9
const entryBudget = 8_000_000

export function layGrid(pieces: readonly Piece[]): Grid {
  const west = Math.min(...pieces.map((each) => each.west)) - slackDegrees
  const south = Math.min(...pieces.map((each) => each.south)) - slackDegrees
  const side = Math.max(8, Math.min(512, Math.ceil(12 * Math.sqrt(pieces.length)), Math.floor(Math.sqrt(entryBudget / Math.max(1, pieces.length)))))
  const [columns, rows] = pieces.length === 0 ? [0, 0] : [side, side]
  const cellLon = (Math.max(...pieces.map((each) => each.east)) + slackDegrees - west) / side
  const cellLat = (Math.max(...pieces.map((each) => each.north)) + slackDegrees - south) / side
  const grid = { west, south, cellLon, cellLat, columns, rows }
  const found = pieces.map((piece) => layPiece(grid, piece))
  const first = new Uint32Array(columns * rows + 1)
  for (const cells of found) for (let at = 0; at < cells.length; at++) first[(cells[at]! >> 1) + 1]! += 1
  for (let cell = 0; cell < columns * rows; cell++) first[cell + 1]! += first[cell]!
  const next = first.slice()
  const entries = new Int32Array(first[columns * rows] ?? 0)
  found.forEach((cells, piece) => {
    for (let at = 0; at < cells.length; at++) entries[next[cells[at]! >> 1]!++] = piece * 2 + (cells[at]! & 1)
  })
  return { ...grid, first, entries }
}

type Lattice = Omit<Grid, 'first' | 'entries'>

/** Cells a piece reaches into, each as `cell × 2`, plus 1 when it lies wholly inside. */
function layPiece(grid: Lattice, piece: Piece): Int32Array {
  const column = (lon: number): number => Math.max(0, Math.min(grid.columns - 1, Math.floor((lon - grid.west) / grid.cellLon)))
  const row = (lat: number): number => Math.max(0, Math.min(grid.rows - 1, Math.floor((lat - grid.south) / grid.cellLat)))
  const [fromColumn, toColumn, fromRow, toRow] = [column(piece.west - slackDegrees), column(piece.east + slackDegrees), row(piece.south - slackDegrees), row(piece.north + slackDegrees)]
  const width = toColumn - fromColumn + 1
  const isCut = cutCells(grid, piece, { column, row, fromColumn, fromRow, width, height: toRow - fromRow + 1 })
  const cells = new Int32Array(width * (toRow - fromRow + 1))
  let count = 0
  for (let r = fromRow; r <= toRow; r++) {
    // Cells side by side that no side runs through lie all inside or all outside: one ray answers for the run.
    let isRunInside: boolean | undefined
    for (let c = fromColumn; c <= toColumn; c++) {
      const cell = r * grid.columns + c
      if (isCut[(r - fromRow) * width + c - fromColumn] === 1) {
        isRunInside = undefined
        cells[count++] = cell * 2
        continue
      }
      isRunInside ??= piece.reachMetres === 0 && holds(piece, grid.west + (c + 0.5) * grid.cellLon, grid.south + (r + 0.5) * grid.cellLat)
      if (isRunInside) cells[count++] = cell * 2 + 1
    }
  }
  return cells.subarray(0, count)
}

interface Window {
  readonly column: (lon: number) => number
  readonly row: (lat: number) => number
  readonly fromColumn: number
  readonly fromRow: number
  readonly width: number
  readonly height: number
}

/** Cells of the piece's box through which a side may run, or which a road may reach: in every row from the leftmost to the rightmost column of the side there. */
function cutCells(grid: Lattice, { ends, reachMetres, metresPerLon, metresPerLat }: Piece, { column, row, fromColumn, fromRow, width, height }: Window): Uint8Array {
  const cut = new Uint8Array(width * height)
  const [wide, high] = [slackDegrees + reachMetres / metresPerLon, slackDegrees + reachMetres / metresPerLat]
  for (let at = 0; at < ends.length; at += 4) {
    const [x1, y1, x2, y2] = [ends[at]!, ends[at + 1]!, ends[at + 2]!, ends[at + 3]!]
    const [low, top] = [Math.min(y1, y2), Math.max(y1, y2)]
    const xAt = (y: number): number => x1 + ((Math.max(low, Math.min(top, y)) - y1) / (y2 - y1)) * (x2 - x1)
    for (let r = row(low - high); r <= row(top + high); r++) {
      const [a, b] = y1 === y2 ? [x1, x2] : [xAt(grid.south + r * grid.cellLat - high), xAt(grid.south + (r + 1) * grid.cellLat + high)]
      const [left, right] = [column(Math.min(a, b) - wide), column(Math.max(a, b) + wide)]
      cut.fill(1, (r - fromRow) * width + left - fromColumn, (r - fromRow) * width + right - fromColumn + 1)
    }
  }
  return cut
}
