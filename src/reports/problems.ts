import { declareProblems } from '../base/problems.ts'

/** What can go wrong with documents that somebody outside can put right. */
export const reportProblem = declareProblems('reports', {
  'fonts-missing': {
    message: '没有可嵌入 PDF 的中文字体',
    cause: '系统字体目录中没有仿宋、宋体或思源/Noto 中文字体，也未能通过 npm 取得字体包（{reason}）',
    action: '请安装 fonts-noto-cjk（Debian/Ubuntu：apt-get install fonts-noto-cjk）或仿宋、小标宋、黑体、楷体字体后重试；Word 文件不受影响',
  },
  'figure-removed': {
    message: '数字“{wording}”被删除',
    cause: '公文中的数字与指标值绑定，文字可以修改，数字不能删除（{indicatorCode}）',
    action: '请恢复该数字；确需不写，请在指标选取中去掉它后重新生成公文',
  },
  'figure-altered': {
    message: '数字“{wording}”被改为“{editedWording}”',
    cause: '公文中的数字与指标值绑定，只能重新计算，不能手工改写（{indicatorCode}）',
    action: '请恢复原数字；认为数字有误时，请在“依据”中核对登记数据并重新计算',
  },
  'figure-invented': {
    message: '数字“{wording}”没有对应的指标值',
    cause: '公文原稿中没有编号为 {valueId} 的数字（{indicatorCode}）',
    action: '请删除该数字，或从指标中选取后插入',
  },
})
