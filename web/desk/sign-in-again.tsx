import { useEffect, useRef } from 'react'
import { useFrameWords } from './frame-words.ts'
import { SignInForm } from './sign-in-page.tsx'

/** Over the page, not instead of it: a session that ended must not eat what somebody typed. */
export function SignInAgain({ account, onSignedIn }: { account: string; onSignedIn: () => void }) {
  const t = useFrameWords()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="again-title" onCancel={(event) => event.preventDefault()}>
      <h2 id="again-title">{t('sign-in-again')}</h2>
      <p className="secondary">{t('sign-in-again-note')}</p>
      <SignInForm account={account} onSignedIn={onSignedIn} />
    </dialog>
  )
}
