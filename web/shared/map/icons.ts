import { colour } from '../tokens.ts'

/**
 * Map marks: a shape and a colour each, so that none is told apart by colour alone. Drawn from one path both on the map and in
 * the legend. `turns`: the mark points where the vehicle heads. Paths lie in a 24 × 24 box.
 */
export const icons = {
  'vehicle-moving': { path: 'M12 2 19 20 12 16.5 5 20z', fill: colour.programme, turns: true },
  'vehicle-halted': { path: 'M6 6H18V18H6z', fill: colour.ink, turns: false },
  'vehicle-silent': { path: 'M6.5 6.5H17.5V17.5H6.5z', fill: '#ffffff', stroke: colour.unknown, turns: false },
  'node-1': { path: 'M12 1.5 22.5 12 12 22.5 1.5 12z', fill: colour.programme, turns: false },
  'node-2': { path: 'M12 3.5 20.5 12 12 20.5 3.5 12z', fill: colour.link, turns: false },
  'node-3': { path: 'M12 6 18 12 12 18 6 12z', fill: colour.attention, turns: false },
  'stop-point': { path: 'M5 4H19V20H5zM9.5 7.5v9h1.8v-3h1.5a3 3 0 0 0 0-6zM11.3 9.1h1.4a1.4 1.4 0 0 1 0 2.8h-1.4z', fill: colour.link, turns: false },
  'charging': { path: 'M12 2.5a9.5 9.5 0 1 0 .01 0zM13 5.5 7.5 13.2h3.6L10.6 18.5l5.9-8h-3.7z', fill: colour.programme, turns: false },
  'place': { path: 'M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7zm0 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z', fill: colour.ink, turns: false },
  'halt': { path: 'M12 4a8 8 0 1 0 .01 0zM9 8h2.2v8H9zm3.8 0H15v8h-2.2z', fill: colour.attention, turns: false },
  'problem': { path: 'M12 2 22.5 21H1.5zM11 8.5v6h2v-6zm0 7.5v2h2v-2z', fill: colour.attention, turns: false },
  'cursor': { path: 'M12 3a9 9 0 1 0 .01 0zm0 4a5 5 0 1 1-.01 0z', fill: colour.overdue, turns: false },
} as const satisfies Record<string, { path: string; fill: string; stroke?: string; turns: boolean }>

export type IconName = keyof typeof icons

const scale = 2

/** A mark as pixels at twice its size, with a white rim so that it stands out on any ground. */
export function drawIcon(name: IconName): ImageData {
  const icon = icons[name]
  const size = 28 * scale
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const context = canvas.getContext('2d')!
  context.scale(scale, scale)
  context.translate(2, 2)
  const path = new Path2D(icon.path)
  context.lineJoin = 'round'
  context.lineWidth = 3
  context.strokeStyle = '#ffffff'
  context.stroke(path)
  context.fillStyle = icon.fill
  context.fill(path, 'evenodd')
  if ('stroke' in icon) {
    context.lineWidth = 2
    context.strokeStyle = icon.stroke
    context.stroke(path)
  }
  return context.getImageData(0, 0, size, size)
}

/** Hatching for zones: readable in grey, lets the streets through. */
export function drawHatch(stroke: string): ImageData {
  const size = 16
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const context = canvas.getContext('2d')!
  context.strokeStyle = stroke
  context.lineWidth = 1.5
  for (const offset of [-size, 0, size]) {
    context.beginPath()
    context.moveTo(offset, size)
    context.lineTo(offset + size, 0)
    context.stroke()
  }
  return context.getImageData(0, 0, size, size)
}
