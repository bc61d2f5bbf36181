import { useEffect, useState } from 'react'

const storageKey = 'lvpei.elder'

/** 长辈版: 18 px text and 60 px targets; the choice stays in the browser. */
export function useElder(): [elder: boolean, set: (elder: boolean) => void] {
  const [elder, setElder] = useState(() => {
    try {
      return localStorage.getItem(storageKey) === 'yes'
    } catch {
      return false
    }
  })
  useEffect(() => {
    document.documentElement.classList.toggle('elder', elder)
    try {
      localStorage.setItem(storageKey, elder ? 'yes' : 'no')
    } catch {
      // without storage the choice holds for this visit
    }
  }, [elder])
  return [elder, setElder]
}
