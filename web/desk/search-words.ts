import { wordsOf } from '../shared/language.ts'

export const searchWords = {
  'title': ['查找“{q}”', 'Search “{q}”'],
  'state': ['在登记、任务和指标中找到 {count} 条。', '{count} found in registers, tasks and indicators.'],
  'none': ['没有找到“{q}”', 'Nothing found for “{q}”'],
  'none-provider': ['可按车牌、站点名称、企业名称、地址、任务名称或指标名称查找。', 'Search by plate, site, firm, address, task or indicator.'],
  'tasks': ['任务', 'Tasks'],
  'indicators': ['指标', 'Indicators'],
  'bulletins': ['通报', 'Bulletins'],
} as const

export const useSearchWords = wordsOf(searchWords)
