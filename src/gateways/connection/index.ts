export type { Conversation, Handled } from './conversation.ts'
export { startFrameServer } from './frame-server.ts'
export type { FrameServer, FrameServerOptions } from './frame-server.ts'
