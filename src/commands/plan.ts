import { planCommand, planOptions } from '../planning/index.ts'
import type { Command } from './command.ts'

/** `./lvpei plan FILE`: solves a routing problem and prints the checked plan. */
export const plan: Command = {
  name: 'plan',
  summary: 'solves a routing problem; the plan is confirmed by an independent checker',
  usage: 'plan FILE --format solomon|vrplib|lilim|schneider|vroom|lvpei|breunig|lvpei-echelons --seconds N --seed N --workers N [--roads FILE --rules FILE | --router URL] [--prices] [--full]',
  options: planOptions,
  run: ({ values, positionals }) => planCommand([...Object.entries(values).flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)])), ...positionals]),
}
