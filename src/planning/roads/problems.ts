import { declareProblems } from '../../base/problems.ts'

/** What can be wrong with a road extract, a road file, a place to be snapped or a router asked by URL. */
export const roadProblem = declareProblems('planning', {
  'roads-file-unreadable': { message: '无法读取路网文件 {file}', cause: '{reason}', action: '请检查文件路径与读取权限' },
  'roads-extract-damaged': { message: '路网数据 {file} 在第 {offset} 字节处损坏：{reason}', cause: '文件被截断，或不是 .osm.pbf', action: '请重新下载该文件并核对大小与校验值' },
  'roads-extract-unsupported': { message: '路网数据 {file} 需要尚不支持的功能：{feature}', cause: '按规范，读不懂必需功能的程序不得使用该文件', action: '请用 osmium 等工具转换为普通的 .osm.pbf（zlib 压缩、不含历史版本）' },
  'roads-extract-empty': { message: '路网数据 {file} 中没有货车可以行驶的道路', cause: '没有 highway 道路，或其节点坐标缺失', action: '请换用含道路及其节点的数据范围' },
  'roads-file-damaged': { message: '路网文件 {file} 已损坏：{reason}', cause: '文件被截断、改动，或由其他程序生成', action: '请用 ./lvpei roads import 重新生成' },
  'roads-file-version': { message: '路网文件 {file} 的版本为 {version}，本程序读取版本 {expected}', cause: '文件由另一版本的程序生成', action: '请用 ./lvpei roads import 重新生成' },
  'roads-too-far': { message: '位置 {lon},{lat} 距最近的可行驶道路超过 {limit} 米', cause: '坐标不在路网范围内、坐标系有误，或附近道路不准该车行驶', action: '请核对坐标（WGS-84）与车辆参数，或换用覆盖该处的路网' },
  'roads-no-way': { message: '从 {from} 到 {to} 没有可走的路', cause: '此时段的禁行、限高限重或转向限制截断了所有道路', action: '请换一个时刻或车型，或核对禁行规则' },
  'roads-vehicle-invalid': { message: '车辆参数 {pointer} 不合要求：{reason}', cause: '取值不在允许范围内', action: '请对照 docs/planner/roads.md 修正车辆参数' },
  'roads-input-invalid': { message: '{pointer} 不合要求：{reason}', cause: '取值不在允许范围内', action: '请对照 docs/planner/roads.md 修正' },
  'roads-missing': { message: '问题中的 {pointer} 要按路网计算，但没有给出路网', cause: '行驶方式为 roads 时须指明路网文件', action: '请加上 --roads 文件，或改用矩阵' },
  'roads-rules-missing': { message: '问题中的 {pointer} 指定了日期 {day}，但没有给出通行规则', cause: '按时段计算行驶表需要规则集', action: '请加上 --rules 文件，或去掉 day' },
  'router-url-invalid': { message: '路径服务地址“{url}”不可用', cause: '地址应为 http 或 https，由运维人员明确给出', action: '请改正地址' },
  'router-unreachable': { message: '路径服务 {url} 没有回答：{reason}', cause: '服务未启动、网络不通或超时', action: '请检查该服务，或改用自有路网' },
  'router-answer-invalid': { message: '路径服务 {url} 的回答不能使用：{reason}', cause: '回答不是 OSRM table 或 Valhalla sources_to_targets 的格式，或矩阵不完整', action: '请核对服务类型与版本' },
  'router-answer-too-large': { message: '路径服务 {url} 的回答超过 {limit} 字节', cause: '矩阵过大，或对方不是路径服务', action: '请减少地点或调高上限' },
})
