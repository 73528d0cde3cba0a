internal import SimulatorCommands

await CommandLineEntry.main()
