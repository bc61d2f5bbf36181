import { wordsOf } from '../language.ts'

export const mapWords = {
  'own-network': ['自有路网', 'Own street network'],
  'no-ground': ['底图暂不可用，仅显示点位', 'No base map; points only'],
  'zoom-in': ['放大', 'Zoom in'],
  'zoom-out': ['缩小', 'Zoom out'],
} as const

export const useMapWords = wordsOf(mapWords)
