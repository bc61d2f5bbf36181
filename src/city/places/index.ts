/** Delivery nodes of the three tiers. */
export { nodeFunctions, nodeRegister, nodeStatuses, nodeTiers, type DeliveryNode } from './register-node.ts'
export { listPublicNodes, publicFeature, type PublicFeature } from './public-nodes.ts'
