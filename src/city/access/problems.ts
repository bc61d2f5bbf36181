import { declareProblems } from '../../base/problems.ts'

export const problem = declareProblems('access', {
  'access-city-without-rules': { message: '{city} 尚未录入通行规则', cause: '没有已发布的规则集', action: '请先发布规则集' },
  'access-vehicle-unknown': { message: '没有车辆或车辆类别“{value}”', cause: '可用的类别：{known}；号牌须已登记并在您可查看的范围内', action: '请核对号牌或类别代码' },
  'access-vehicle-missing': { message: '没有写明车辆', cause: '须给出车辆类别、号牌或车辆属性之一', action: '请补充车辆' },
  'access-time-invalid': { message: '“{value}”不是有效的时刻', cause: '时刻须带时区', action: '请改为例如 2026-11-20T08:00:00+08:00 的写法' },
  'access-place-invalid': { message: '地点“{value}”不合要求', cause: '坐标写作经度,纬度（WGS-84）', action: '请改为例如 120.80,34.65 的写法' },
  'access-place-missing': { message: '没有写明地点，或不止写了一处', cause: '须给出坐标、区域代码，或起点和终点，三者之一', action: '请只写一处地点' },
  'access-zone-unknown': { message: '没有区域“{value}”', cause: '现行规则中没有这个区域代码', action: '请核对区域代码' },
  'access-revision-required': { message: '没有写明修改的是哪一版草稿', cause: '请求缺少 If-Match', action: '请带上读取时得到的 ETag 再提交' },
  'access-draft-changed': { message: '草稿已被 {by} 修改', cause: '您看到的是第 {mine} 次保存，现在是第 {latest} 次', action: '请重新打开草稿，比较后再保存；您的内容没有丢失，也没有覆盖对方' },
  'access-base-outdated': { message: '草稿所依据的版本之后又发布了新版本', cause: '现行版本为第 {latest} 版', action: '请与现行版本比较，合并后以新的依据保存再发布' },
  'access-city-only': { message: '通行规则由市级编制', cause: '您的账号只管一个县区', action: '请联系市级经办人' },
  'access-upload-too-large': { message: '提交的规则集过大', cause: '超过 {limitMegabytes} MB 的上限', action: '请简化区域边界，或分区域提交' },
  'access-document-deep': { message: '提交的规则集嵌套过深', cause: '嵌套超过 32 层，不是规则集', action: '请核对粘贴的内容' },
  'access-too-many-questions': { message: '提问过于频繁', cause: '同一来源每分钟至多 {perMinute} 问，一条路线按 20 问、一次区域图按区域数计', action: '请在 {seconds} 秒后再问，或合并为批量' },
  'access-closure-times': { message: '临时管制的时间不合要求', cause: '{reason}', action: '请改正起止时间' },
  'access-replay-over': { message: '推演已经结束', cause: '它已完成、失败或已停止', action: '无须再停止；需要时请重新推演' },
  'access-replay-period': { message: '推演期间不合要求', cause: '须为半开区间 [from, to)，不超过 {limitDays} 天', action: '请改正期间' },
})
