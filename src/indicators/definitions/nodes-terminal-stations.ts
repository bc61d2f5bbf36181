import { nodeDefinition } from './nodes.ts'

export const terminalStations = nodeDefinition('nodes.terminal-stations', 'terminal-station', '三级节点（末端共同配送站）')
