import { Worker } from 'node:worker_threads'

/** Threads kept ready; more would only hold memory. */
const keptReady = 2
const ready: Worker[] = []

/**
 * A thread that runs `worker.ts`. Starting one and compiling the search in it costs up to half a second, most of what a short search has, so
 * `isShort` takes one that has searched before. A long search begins afresh: its loops are then compiled for this problem alone.
 */
export function takeThread(isShort: boolean): Worker {
  const thread = isShort ? ready.pop() : undefined
  if (!thread) return new Worker(new URL('./worker.ts', import.meta.url))
  forgetListeners(thread)
  thread.ref()
  return thread
}

// all listeners at once would take Node's own with them
const forgetListeners = (thread: Worker): void => ['message', 'error', 'exit'].forEach((event) => thread.removeAllListeners(event))

/** Keeps a thread that has done its task, or ends it. A thread that waits does not keep the process alive. */
export function returnThread(thread: Worker, isReusable: boolean): void {
  if (!isReusable || ready.length >= keptReady) return void thread.terminate()
  forgetListeners(thread)
  const forget = () => {
    const at = ready.indexOf(thread)
    if (at >= 0) ready.splice(at, 1)
  }
  thread.on('error', forget)
  thread.on('exit', forget)
  thread.unref()
  ready.push(thread)
}
