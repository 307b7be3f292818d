/// The text of `--help`.
enum Help {
  static var text: String {
    let suites = Suite.allCases.map { suite in
      "  \(FigureText.pad(suite.rawValue, 12))\(suite.summary)"
    }
    return """
      Measures the library beside what memory allows, Swift's Dictionary, the obvious slow table, a
      table in C and, where it is installed, DPDK; then says which targets hold.

      USAGE: swift run -c release --package-path Benchmarks hnv-bench [OPTION...]

      OPTIONS:
        --suite NAME      measure this suite alone; may be given more than once
        --largest N       leave out what has more than N VMs or routes (1024000); with 1000 a run
                          takes a minute or two, with 10000000 there are ten million records
        --prefixes FILE   a real Internet table, a prefix a line, both families; - for the standard
                          input. A public one is in the test data of gaissmai/bart on GitHub.
        --huge-pages      measure twice, the second time in memory pages of 2 MiB, and show each
                          row's figures of both; where the system has none the run says so
        --json FILE       write all figures there
        --plot FOLDER --from JSON
                          measure nothing; draw the plots of a run's figures as SVG files
        --help            this text

      SUITES:
      \(suites.joined(separator: "\n"))

      EXAMPLES:
        hnv-bench --largest 1000
            everything, small: does it run, do all answers agree?
        gzip -dc prefixes.txt.gz | hnv-bench --suite prefixes --prefixes -
            lookups in a real Internet table
        hnv-bench --json figures.json && hnv-bench --plot plots --from figures.json
            the whole run, and its plots

      HOW TO READ IT:
        Times are those of one operation. The same work is done again until the five quickest of at
        least fifteen runs lie within 5 % of the least, or until two seconds are over; the figure is
        the least run's, and "not settled" says that they did not come that close: the machine was
        not quiet. The end of a run counts such rows.
        "1.20 x rte_lpm" says that the library took 1.20 times what rte_lpm took in this very run,
        least run against least run; absolute times change with the machine and its neighbours,
        ratios hardly do. A dependent operation waits for the one before; independent ones do not;
        batched ones share a call. A target whose peer was not measured is "not judged".

      EXIT STATUS:
        0  everything was measured; targets that do not hold are no failure
        1  two implementations gave different answers, or a file could not be read or written
        2  the command line was refused
      """
  }
}
