import ConfigProvider from 'antd/es/config-provider'
import zhCN from 'antd/locale/zh_CN'
import enUS from 'antd/locale/en_US'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import type { ReactNode } from 'react'
import { useLanguage } from './language.ts'
import { colour, font } from './tokens.ts'

const theme = {
  token: {
    colorPrimary: colour.programme,
    colorLink: colour.link,
    colorText: colour.ink,
    colorTextSecondary: colour.secondary,
    colorBorder: colour.lineStrong,
    colorBorderSecondary: colour.line,
    colorError: colour.overdue,
    colorWarning: colour.attention,
    colorSuccess: colour.done,
    borderRadius: 4,
    fontSize: font.body,
    fontFamily: font.family,
    motion: false,
  },
} as const

/** antd's controls in our colours and language; wraps the few places that use them, so that the first screen loads none. */
export function Antd({ children }: { children: ReactNode }) {
  const language = useLanguage()
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
  return (
    <ConfigProvider theme={theme} locale={language === 'zh' ? zhCN : enUS} componentSize="middle" button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  )
}
