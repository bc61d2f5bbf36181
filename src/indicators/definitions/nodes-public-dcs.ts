import { nodeDefinition } from './nodes.ts'

export const publicDcs = nodeDefinition('nodes.public-dcs', 'public-dc', '二级节点（公共配送中心）')
