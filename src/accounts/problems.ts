import { declareProblems } from '../base/problems.ts'

/** Problems of signing in and of keeping accounts. None of them tells whether an account exists. */
export const accountsProblem = declareProblems('accounts', {
  'sign-in-required': { message: '请先登录', cause: '此内容不对公众开放，或登录已过期', action: '请登录后重试' },
  'not-permitted': { message: '您的账号不能进行此操作', cause: '“{role}”没有所需的权限“{permission}”', action: '确需办理时，请联系本单位系统管理员' },
  'sign-in-failed': { message: '账号或密码不正确', cause: '账号不存在、已停用，或密码有误', action: '请核对后重试；连续失败 {attempts} 次将锁定 {minutes} 分钟' },
  'account-locked': { message: '登录失败次数过多，已暂时锁定', cause: '{minutes} 分钟内连续失败 {attempts} 次', action: '请于 {until} 后重试，或请系统管理员重置密码' },
  'one-time-password-expired': { message: '一次性密码已过期', cause: '一次性密码自发出起 {hours} 小时内有效', action: '请联系系统管理员重新发放' },
  'password-must-change': { message: '请先修改一次性密码', cause: '一次性密码只用于首次登录', action: '请设置自己的密码后继续' },
  'password-wrong': { message: '当前密码不正确', cause: '输入的当前密码与账号不符', action: '请重新输入当前密码' },
  'password-unchanged': { message: '新密码与当前密码相同', cause: '修改密码须使用新的密码', action: '请另设一个密码' },
  'password-too-weak': { message: '密码强度不够：{reason}', cause: '密码须为 10–128 个字符且含大写、小写、数字、符号中的三种，或不少于 16 个字符，并且不含账号名', action: '请另设一个密码' },
  'cross-site-refused': { message: '已拒绝来自其他网站的请求', cause: '请求不是从本系统页面发出的（来源 {origin}）', action: '请从本系统页面操作；经代理访问时请管理员设置 LVPEI_BASE_URL' },
  'account-taken': { message: '账号名 {account} 已被使用', cause: '账号名在全系统内唯一', action: '请换一个账号名' },
  'person-invalid': { message: '人员信息不合要求：{reason}', cause: '角色与所属单位、区县或企业不相符', action: '请修改后重试' },
  'own-account': { message: '不能停用自己或更改自己的角色和范围', cause: '避免系统失去管理员或自行扩大权限', action: '请由另一位系统管理员办理' },
  'anchor-line-invalid': { message: '审计锚点文件第 {line} 行无法读取', cause: '{file} 的该行被改动或损坏', action: '请用另行保存的锚点文件核对，并查明改动原因' },
  'auditor-apart': { message: '审计员账号不在此处管理', cause: '三员分立：系统管理员不得设立、变更或重置审计员账号', action: '请在服务器上用命令办理，办理情况会记入审计' },
})
