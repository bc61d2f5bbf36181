import { wordsOf } from '../../shared/language.ts'

export const frameWords = {
  'title': ['原始报文', 'Raw frame'],
  'state': ['{protocol} 终端 {terminal}，{at} 收到，{bytes} 字节。', '{protocol} terminal {terminal}, received {at}, {bytes} bytes.'],
  'fault': ['无法解析：{message}', 'Cannot be read: {message}'],
  'hex': ['报文字节（十六进制）', 'Bytes (hexadecimal)'],
  'decoded': ['按字段解读', 'Decoded fields'],
  'field': ['字段', 'Field'],
  'value': ['值', 'Value'],
  'vehicle': ['所属车辆', 'Vehicle'],
  'unknown-vehicle': ['未能认出车辆', 'Vehicle unknown'],
  'track': ['当日轨迹', 'Track of the day'],
  'copy': ['复制字节', 'Copy bytes'],
  'copied': ['已复制', 'Copied'],
  'faults-title': ['终端与数据质量', 'Terminals and data quality'],
  'faults-provider': ['终端发来的报文若校验失败或格式不符，会保存在此供终端厂商核对。', 'Frames with a wrong checksum or format are kept here for the terminal vendors.'],
  'protocol': ['协议', 'Protocol'],
  'reason': ['原因', 'Reason'],
  'open': ['查看', 'Open'],
  'silent': ['超过一天无数据的车辆', 'Vehicles silent for more than a day'],
  'silent-none': ['所有车辆一天内都有数据', 'Every vehicle sent data within a day'],
  'last': ['最后数据', 'Last data'],
} as const

export const useFrameWords = wordsOf(frameWords)
