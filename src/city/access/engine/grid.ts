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
  const found: [cell: number, entry: number][] = []
  pieces.forEach((piece, at) => layPiece(grid, piece, (cell, isWhole) => found.push([cell, at * 2 + (isWhole ? 1 : 0)])))
  const first = new Uint32Array(columns * rows + 1)
  for (const [cell] of found) first[cell + 1]! += 1
  for (let cell = 0; cell < columns * rows; cell++) first[cell + 1]! += first[cell]!
  const next = first.slice()
  const entries = new Int32Array(found.length)
  for (const [cell, entry] of found) entries[next[cell]!++] = entry
  return { ...grid, first, entries }
}

type Lattice = Omit<Grid, 'first' | 'entries'>

function layPiece(grid: Lattice, piece: Piece, lay: (cell: number, isWhole: boolean) => void): void {
  const column = (lon: number): number => Math.max(0, Math.min(grid.columns - 1, Math.floor((lon - grid.west) / grid.cellLon)))
  const row = (lat: number): number => Math.max(0, Math.min(grid.rows - 1, Math.floor((lat - grid.south) / grid.cellLat)))
  const [fromColumn, toColumn, fromRow, toRow] = [column(piece.west - slackDegrees), column(piece.east + slackDegrees), row(piece.south - slackDegrees), row(piece.north + slackDegrees)]
  const width = toColumn - fromColumn + 1
  const isCut = piece.reachMetres > 0 ? undefined : cutCells(grid, piece, { column, row, fromColumn, fromRow, width, height: toRow - fromRow + 1 })
  for (let r = fromRow; r <= toRow; r++) {
    // Cells side by side that no side runs through lie all inside or all outside: one ray answers for the run.
    let isRunInside: boolean | undefined
    for (let c = fromColumn; c <= toColumn; c++) {
      const cell = r * grid.columns + c
      if (!isCut || isCut[(r - fromRow) * width + c - fromColumn] === 1) {
        isRunInside = undefined
        lay(cell, false)
        continue
      }
      isRunInside ??= holds(piece, grid.west + (c + 0.5) * grid.cellLon, grid.south + (r + 0.5) * grid.cellLat)
      if (isRunInside) lay(cell, true)
    }
  }
}

interface Window {
  readonly column: (lon: number) => number
  readonly row: (lat: number) => number
  readonly fromColumn: number
  readonly fromRow: number
  readonly width: number
  readonly height: number
}

/** Cells of the piece's box through which a side may run: every row a side passes, from its leftmost to its rightmost column there. */
function cutCells(grid: Lattice, { ends }: Piece, { column, row, fromColumn, fromRow, width, height }: Window): Uint8Array {
  const cut = new Uint8Array(width * height)
  for (let at = 0; at < ends.length; at += 4) {
    const [x1, y1, x2, y2] = [ends[at]!, ends[at + 1]!, ends[at + 2]!, ends[at + 3]!]
    const [low, high] = [row(Math.min(y1, y2) - slackDegrees), row(Math.max(y1, y2) + slackDegrees)]
    for (let r = low; r <= high; r++) {
      const [bottom, top] = [grid.south + r * grid.cellLat - slackDegrees, grid.south + (r + 1) * grid.cellLat + slackDegrees]
      const xAt = (y: number): number => (y1 === y2 ? x1 : x1 + ((Math.max(Math.min(y1, y2), Math.min(Math.max(y1, y2), y)) - y1) / (y2 - y1)) * (x2 - x1))
      const [a, b] = y1 === y2 ? [x1, x2] : [xAt(bottom), xAt(top)]
      const [left, right] = [column(Math.min(a, b) - slackDegrees), column(Math.max(a, b) + slackDegrees)]
      cut.fill(1, (r - fromRow) * width + left - fromColumn, (r - fromRow) * width + right - fromColumn + 1)
    }
  }
  return cut
}
