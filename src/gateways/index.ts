export { decodeGb32960Line } from './gb32960/index.ts'
export { decodeJt808Line } from './jt808/index.ts'
