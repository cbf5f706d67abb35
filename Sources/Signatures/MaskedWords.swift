/// Words that are part of a number, date or address beside one.
enum MaskedWords {
  static let units = WordSet(
    "B KB kB MB GB TB KiB MiB GiB TiB ns us ms s sec secs second seconds m min mins minute minutes h hr"
      + " hour hours day days AM PM am pm UTC GMT CET CEST EST EDT CST CDT PST PDT MST MDT BST JST IST"
  )
  static let months = WordSet("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
  static let weekdays = WordSet("Mon Tue Wed Thu Fri Sat Sun")
  static let topDomains = WordSet(
    "com net org edu gov mil info biz io dev app local internal lan corp cloud")
  static let packageRoots = WordSet(
    "com org net io edu java javax jakarta sun jdk scala kotlin android akka")
}
