# Every compile decision lives here, on two interface targets; nothing is set globally.

option(WARDEN_WERROR "Treat every warning as an error" ON)
set(WARDEN_SANITIZE "" CACHE STRING "Sanitizers to build with, as in -fsanitize=: address,undefined or thread")

# Paths are hashed relative to the checkout, so that a second clone compiles nothing anew.
find_program(WARDEN_CCACHE ccache)
if(WARDEN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${WARDEN_CCACHE})
endif()

add_library(warden_options INTERFACE)
target_compile_features(warden_options INTERFACE cxx_std_20)
target_include_directories(warden_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(warden_options INTERFACE WARDEN_VERSION="${PROJECT_VERSION}"
    $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
if(WARDEN_SANITIZE)
    target_compile_options(warden_options INTERFACE -fsanitize=${WARDEN_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all
        # GCC 12 takes the instrumented std::function of <regex> for uninitialized.
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(warden_options INTERFACE -fsanitize=${WARDEN_SANITIZE})
endif()

add_library(warden_warnings INTERFACE)
target_compile_options(warden_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wdouble-promotion -Wformat=2 -Wimplicit-fallthrough
    -Wswitch-enum -Wextra-semi
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond;-Wduplicated-branches;-Wlogical-op;-Wsuggest-override>
    $<$<BOOL:${WARDEN_WERROR}>:-Werror>)

# warden_library(NAME SOURCES a.cpp ... [PUBLIC targets] [PRIVATE targets]): one static library, one layer of the house.
function(warden_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PUBLIC;PRIVATE")
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC warden_options ${arg_PUBLIC} PRIVATE warden_warnings ${arg_PRIVATE})
endfunction()

# warden_header_library(NAME [PUBLIC targets]): a layer of plain values without sources.
function(warden_header_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "PUBLIC")
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE warden_options ${arg_PUBLIC})
endfunction()

# warden_program(NAME SOURCES main.cpp ... LINK targets): an executable in <build>/bin.
function(warden_program name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE warden_options warden_warnings ${arg_LINK})
endfunction()

# warden_test(NAME LABEL unit|property|integration SOURCES ... LINK targets): one test program.
# Unit and property tests need no server, and ctest knows each of their cases. Integration tests start real servers (see
# tests/support), once per program: that costs seconds, so ctest runs the whole program at once.
# Everything that the tests need is the target warden_tests.
add_custom_target(warden_tests)
function(warden_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL" "SOURCES;LINK")
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE warden_options warden_warnings GTest::gmock GTest::gtest_main ${arg_LINK})
    add_dependencies(warden_tests ${name})
    if(arg_LABEL STREQUAL "integration")
        add_test(NAME ${name} COMMAND ${name})
        set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL} TIMEOUT 300)
    else()
        gtest_discover_tests(${name} PROPERTIES LABELS ${arg_LABEL} TIMEOUT 120 DISCOVERY_TIMEOUT 60)
    endif()
endfunction()
