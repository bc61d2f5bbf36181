import { nodeDefinition } from './nodes.ts'

export const hubs = nodeDefinition('nodes.hubs', 'hub', '一级节点（干支衔接型货运枢纽、物流园区）')
