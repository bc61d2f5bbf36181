import { declareProblems } from '../base/problems.ts'

export const indicatorProblem = declareProblems('indicators', {
  'period-unknown': { message: '“{value}”不是有效的统计期', cause: '统计期写作 2025、2025H1、2025Q3、2025-03 或 2025-03-01/2025-04-01', action: '请按上述写法修改' },
  'period-not-begun': { message: '统计期 {value} 还没有开始', cause: '没有发生的期间没有数可算', action: '请改为已经开始的统计期' },
  'as-of-malformed': { message: '“{value}”不是有效的截止时刻', cause: '时刻须带时区', action: '请改为例如 2025-07-01T00:00:00+08:00 的写法' },
  'as-of-ahead': { message: '截止时刻 {value} 在现在之后', cause: '还不知道以后会登记什么', action: '请改为现在或以前的时刻' },
  'city-without-profile': { message: '没有城市 {value} 的方案', cause: '指标按城市方案计算', action: '请先在 cities/ 下建立该城市的方案' },
})
