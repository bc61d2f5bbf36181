import { icons, type IconName } from './icons.ts'

/** A map mark in the legend or in a table row. */
export function MapIcon({ name, size = 16 }: { name: IconName; size?: number }) {
  const icon = icons[name]
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" style={{ flex: 'none', verticalAlign: '-3px' }}>
      <path d={icon.path} fill={icon.fill} fillRule="evenodd" stroke={'stroke' in icon ? icon.stroke : undefined} strokeWidth={2} />
    </svg>
  )
}
