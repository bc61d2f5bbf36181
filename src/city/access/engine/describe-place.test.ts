import { expect, test } from 'vitest'
import { describePlace } from './describe-place.ts'

const point = [120.8, 34.6]
const ruleSet = {
  rules: [{ title: '一' }, { title: '夜间装卸', times: [{ from: '25:00' }], examples: [{ title: '午夜', at: '' }], notice: {} }],
  zones: [{ title: '', geometry: { type: 'Polygon', coordinates: [[point, point], [point]] } }, { title: '两块', geometry: { type: 'MultiPolygon', coordinates: [[[point]], [[point, point]]] } }, { title: '路', geometry: { type: 'RoadList', roads: [{ name: '海棠路', line: [point] }] } }],
}

test.each<[(string | number)[], string]>([
  [[], '规则集'],
  [['calendar'], '工作日历'],
  [['rules', 1], '规则第 2 项“夜间装卸”'],
  [['rules', 1, 'times', 0, 'from'], '规则第 2 项“夜间装卸”的时间第 1 项的起'],
  [['rules', 1, 'examples', 0, 'at'], '规则第 2 项“夜间装卸”的样例第 1 项“午夜”的时刻'],
  [['rules', 1, 'notice', 'text'], '规则第 2 项“夜间装卸”的依据的条文'],
  [['zones', 0, 'title'], '区域第 1 项的名称'],
  [['zones', 0, 'geometry', 'coordinates'], '区域第 1 项的边界的坐标'],
  [['zones', 0, 'geometry', 'coordinates', 1, 0, 1], '区域第 1 项的边界的坐标第 2 圈第 1 点的纬度'],
  [['zones', 1, 'geometry', 'coordinates', 1, 0, 1, 0], '区域第 2 项“两块”的边界的坐标第 2 块第 1 圈第 2 点的经度'],
  [['zones', 2, 'geometry', 'roads', 0, 'line', 0], '区域第 3 项“路”的边界的道路第 1 项“海棠路”的走向第 1 项'],
  [['unheard'], '“unheard”'],
])('%j is %s', (path, words) => expect(describePlace(ruleSet, path)).toBe(words))
